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

/// c[rows][c_stride] += a[rows][depth] · b[depth][columns] in float32, row-major.
///
/// Ends the program where the library cannot be loaded: call spade_openblas_load first.
/// - Parameters: Sizes are at most INT_MAX; `c` holds `columns` values in each row.
void spade_openblas_multiply_add(size_t rows, size_t columns, size_t depth, const float *a, const float *b, float *c,
                                 size_t c_stride);

#ifdef __cplusplus
}
#endif
#endif
