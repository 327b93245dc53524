#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "spade_system.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

const char *spade_environment(const char *name) { return getenv(name); }

const char *spade_shared_folder(void) {
  static const char bin[] = "/bin", share[] = "/share/spade";
  static char path[PATH_MAX];
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof share);
  if (length <= 0) return NULL;
  path[length] = 0;
  char *name = strrchr(path, '/');
  if (!name || name - path < (ssize_t)sizeof bin - 1) return NULL;
  char *folder = name - (sizeof bin - 1);
  if (memcmp(folder, bin, sizeof bin - 1) != 0) return NULL;
  memcpy(folder, share, sizeof share);
  return path;
}

size_t spade_count_up(size_t *counter) { return __atomic_add_fetch(counter, 1, __ATOMIC_RELAXED); }

uint64_t spade_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void *spade_memory_take(size_t alignment, size_t byte_count) {
  void *memory = NULL;
  return posix_memalign(&memory, alignment, byte_count) == 0 ? memory : NULL;
}

void spade_memory_free(void *memory) { free(memory); }

int spade_memory_is_there(size_t byte_count) {
  enum { small_requests = 1 << 20 };
  // Volatile as below.
  void *volatile memory = byte_count < SIZE_MAX - small_requests ? malloc(byte_count + small_requests) : NULL;
  free(memory);
  return memory != NULL;
}

int spade_memory_set_aside(size_t byte_count) {
  // Small enough for the heap, which grows for them. The last one stays: memory before it is kept when it is freed.
  enum { size = 64 << 10, limit = 256 };
  // Volatile, because a compiler may leave out memory that nobody uses.
  void *volatile parts[limit];
  size_t count = 0, wanted = byte_count / size < limit ? byte_count / size : limit;
  while (count < wanted && (parts[count] = malloc(size))) count++;
  void *volatile last = malloc(1);
  int is_there = count == wanted && last;
  while (count > 0) free(parts[--count]);
  return is_there;
}

size_t spade_core_count(void) {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) return (size_t)CPU_COUNT(&cores);
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (size_t)count : 1;
}

size_t spade_page_byte_count(void) { return (size_t)sysconf(_SC_PAGESIZE); }

spade_fault_counts spade_page_faults(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return (spade_fault_counts){(uint64_t)use.ru_minflt, (uint64_t)use.ru_majflt};
}

size_t spade_format_fixed(char text[spade_fixed_size], double value, int digits) {
  return (size_t)snprintf(text, spade_fixed_size, "%.*f", digits, value);
}
