// For anonymous mappings in strict C11.
#define _DEFAULT_SOURCE

#include "support.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CANARY = 0xa5, CANARY_SIZE = 256 };

sweep_block block_map(size_t capacity) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  // Alignment may leave 63 bytes at the end.
  const size_t size = (capacity + CANARY_SIZE + 63 + page - 1) / page * page;
  uint8_t *start = mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED || mprotect(start + size, page, PROT_NONE) != 0) {
    perror("kernel sweep");
    abort();
  }
  return (sweep_block){.start = start, .end = start + size};
}

void block_unmap(sweep_block *block) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  munmap(block->start, (size_t)(block->end - block->start) + page);
}

void *block_take(sweep_block *block, size_t size, size_t alignment) {
  block->taken = block->end - size;
  block->taken -= (uintptr_t)block->taken % alignment;
  block->taken_size = size;
  memset(block->taken - CANARY_SIZE, CANARY, (size_t)(block->end - block->taken) + CANARY_SIZE);
  return block->taken;
}

static int all_canaries(const uint8_t *bytes, const uint8_t *end) {
  for (; bytes < end; bytes++)
    if (*bytes != CANARY) return 0;
  return 1;
}

int block_intact(const sweep_block *block) {
  return all_canaries(block->taken - CANARY_SIZE, block->taken) &&
         all_canaries(block->taken + block->taken_size, block->end);
}

size_t first_difference(const void *a, const void *b, size_t size) { return first_flipped_difference(a, b, size, 0); }

size_t first_flipped_difference(const void *a, const void *b, size_t size, uint8_t flip) {
  const uint8_t *x = a, *y = b;
  size_t i = 0;
  while (i < size && (x[i] ^ flip) == y[i]) i++;
  return i;
}
