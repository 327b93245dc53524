#include "spade_kernels.h"

// The sets of this architecture, slowest first: a program takes the last one that its CPU runs.
#if defined(__x86_64__)
#define SETS(SET) SET(scalar) SET(sse41) SET(avx2) SET(avxvnni) SET(avx512vnni)
#elif defined(__aarch64__)
#define SETS(SET) SET(scalar) SET(neon) SET(neondot)
#else
#define SETS(SET) SET(scalar)
#endif

#define DECLARATION(name) extern const spade_kernel_set spade_kernel_set__##name;
#define ADDRESS(name) &spade_kernel_set__##name,

SETS(DECLARATION)

static const spade_kernel_set *const sets[] = {SETS(ADDRESS)};

size_t spade_kernel_set_count(void) { return sizeof sets / sizeof sets[0]; }

const spade_kernel_set *spade_kernel_set_at(size_t index) { return sets[index]; }
