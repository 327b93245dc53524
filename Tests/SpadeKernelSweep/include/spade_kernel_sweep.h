// Sweeps that compare a kernel set with the scalar one, byte by byte.
//
// Shapes, strides and extremes are enumerated, values come from fixed seeds. Every input and output ends at an
// unmapped page and every output begins behind canary bytes, so that an access outside them shows.
#ifndef SPADE_KERNEL_SWEEP_H
#define SPADE_KERNEL_SWEEP_H

#include "spade_kernels.h"

#ifdef __cplusplus
extern "C" {
#endif

enum {
  SPADE_SWEEP_FAILURE_SIZE = 256,
};

/// One kernel of a set over all its cases.
typedef struct {
  /// The kernel's name in `spade_kernel_set`.
  const char *name;
  /// Stops at the first case that differs.
  /// - failure: SPADE_SWEEP_FAILURE_SIZE bytes; the case and the first difference, or an empty string.
  /// - Returns: the number of cases run.
  size_t (*run)(const spade_kernel_set *, char *failure);
} spade_sweep;

size_t spade_sweep_count(void);
const spade_sweep *spade_sweep_at(size_t index);

#ifdef __cplusplus
}
#endif
#endif
