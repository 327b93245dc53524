#include "support.h"

static const spade_sweep sweeps[] = {
    {"product", spade_sweep_product},
    {"winograd", spade_sweep_winograd},
    {"tap_sum", spade_sweep_tap_sum},
    {"join", spade_sweep_join},
    {"requantize", spade_sweep_requantize},
    {"modulate", spade_sweep_modulate},
    {"table_sum", spade_sweep_table_sum},
    {"table_sum_relu", spade_sweep_table_sum_relu},
    {"picture", spade_sweep_picture},
    {"channel_sums", spade_sweep_channel_sums},
    {"normalize", spade_sweep_normalize},
    {"depthwise", spade_sweep_depthwise},
    {"feature_moments", spade_sweep_feature_moments},
    {"feature_codes", spade_sweep_feature_codes},
};

size_t spade_sweep_count(void) { return COUNT_OF(sweeps); }

const spade_sweep *spade_sweep_at(size_t index) { return &sweeps[index]; }
