#include "set.h"

void spade_s32_feature_codes__scalar(const spade_feature_codes *p) {
  const size_t count = p->count;
  for (size_t f = 0; f < count; f++) {
    const float v = (float)(p->features[f] - p->center[f]) * p->factor[f];
    const int32_t code = spade_feature_code(v + p->term[f]);
    p->out[f] = (int8_t)((code + 128) >> 8);
    p->out[count + f] = (int8_t)code;
  }
}
