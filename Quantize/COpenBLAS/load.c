#define _POSIX_C_SOURCE 200809L

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

// What the library reads when it is loaded. It tells CPUs by their model numbers and takes its oldest kernels, without AVX, for models
// that are newer than it is, so it is told what the CPU has, unless somebody else says it; and the callers divide the work among threads
// of their own.
static void configure(void) {
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
  } else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    setenv("OPENBLAS_CORETYPE", "Haswell", 0);
  }
#endif
}

static void load(void) {
  configure();
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

void spade_openblas_multiply_add(size_t rows, size_t columns, size_t depth, const float *a, const float *b,
                                 size_t b_stride, float *c, size_t c_stride) {
  if (spade_openblas_load()) {
    fprintf(stderr, "OpenBLAS cannot be loaded: %s\n", failure);
    abort();
  }
  sgemm(ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, (int)rows, (int)columns, (int)depth, 1, a, (int)depth, b, (int)b_stride,
        1, c, (int)c_stride);
}
