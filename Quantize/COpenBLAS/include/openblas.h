// OpenBLAS, loaded when it is first needed: commands that only run a model neither need nor load it.
#ifndef SPADE_OPENBLAS_H
#define SPADE_OPENBLAS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Loads the library unless it is loaded. Any thread may call this.
/// - Returns: NULL, or why it cannot be loaded; the text stays valid.
const char *spade_openblas_load(void);

/// c[rows][c_stride] += a[rows][depth] · b[depth][b_stride] in float32, row-major, of the first `columns` columns, on the calling thread.
///
/// Ends the program where the library cannot be loaded: call spade_openblas_load first.
/// - Parameters: Sizes are at most INT_MAX, and strides at least `columns`.
void spade_openblas_multiply_add(size_t rows, size_t columns, size_t depth, const float *a, const float *b,
                                 size_t b_stride, float *c, size_t c_stride);

#ifdef __cplusplus
}
#endif
#endif
