#include "openblas.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

// The part of CBLAS that is used, as its interface has it.
enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111 };
typedef void sgemm_function(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                            const float *a, int lda, const float *b, int ldb, float beta, float *c, int ldc);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sgemm_function *sgemm;
static char failure[256];

static void load(void) {
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library) sgemm = (sgemm_function *)dlsym(library, "cblas_sgemm");
  if (!sgemm) {
    const char *reason = dlerror();
    snprintf(failure, sizeof failure, "%s", reason ? reason : "cblas_sgemm is missing");
  }
}

const char *spade_openblas_load(void) {
  pthread_once(&once, load);
  return sgemm ? NULL : failure;
}

void spade_openblas_multiply_add(size_t rows, size_t columns, size_t depth, const float *a, const float *b, float *c,
                                 size_t c_stride) {
  if (spade_openblas_load()) {
    fprintf(stderr, "OpenBLAS cannot be loaded: %s\n", failure);
    abort();
  }
  sgemm(ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, (int)rows, (int)columns, (int)depth, 1, a, (int)depth, b, (int)columns, 1,
        c, (int)c_stride);
}
