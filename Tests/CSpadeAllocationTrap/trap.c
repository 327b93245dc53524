#include "spade_allocation_trap.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>

// glibc's own allocator, under names that stay when the usual ones are replaced.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static atomic_int armed;
static atomic_size_t calls;

static void count(void) {
  if (atomic_load(&armed)) atomic_fetch_add(&calls, 1);
}

void spade_trap_arm(void) {
  atomic_store(&calls, 0);
  atomic_store(&armed, 1);
}

size_t spade_trap_disarm(void) {
  atomic_store(&armed, 0);
  return atomic_load(&calls);
}

void *malloc(size_t size) {
  count();
  return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
  count();
  return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
  count();
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  count();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  count();
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) return EINVAL;
  void *found = __libc_memalign(alignment, size);
  if (found == NULL) return ENOMEM;
  *memory = found;
  return 0;
}

void free(void *memory) {
  count();
  __libc_free(memory);
}

void spade_trap_call_each(void) {
  void *volatile memory = malloc(16);
  memory = realloc(memory, 32);
  free(memory);
  memory = calloc(4, 4);
  __libc_free(memory);
  memory = aligned_alloc(64, 64);
  __libc_free(memory);
  memory = memalign(64, 64);
  __libc_free(memory);
  void *aligned = NULL;
  if (posix_memalign(&aligned, 64, 64) == 0) __libc_free(aligned);
}
