#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failed.h"

void spade_file_free(uint8_t *bytes) { free(bytes); }

// Returns 0 or an errno; with `*too_large` set nothing is handed out.
static int read_all(int file, size_t expected, size_t limit, uint8_t **bytes, size_t *byte_count,
                    int *too_large) {
  size_t capacity = (expected <= limit ? expected : limit) + 1, count = 0;
  uint8_t *buffer = malloc(capacity);
  if (!buffer) return ENOMEM;
  for (;;) {
    ssize_t got = read(file, buffer + count, capacity - count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      int error = errno;
      free(buffer);
      return error;
    }
    if (got == 0) break;
    count += (size_t)got;
    if (count > limit) {
      free(buffer);
      *too_large = 1;
      return 0;
    }
    if (count == capacity) {
      capacity = capacity < limit / 2 ? (capacity < 32768 ? 65536 : capacity * 2) : limit + 1;
      uint8_t *larger = realloc(buffer, capacity);
      if (!larger) {
        free(buffer);
        return ENOMEM;
      }
      buffer = larger;
    }
  }
  *bytes = buffer;
  *byte_count = count;
  return 0;
}

spade_file_result spade_file_read(const char *path, size_t limit, uint8_t **bytes, size_t *byte_count) {
  *bytes = NULL;
  *byte_count = 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return failed(errno, spade_file_cannot_open);
  struct stat about;
  int error = 0, too_large = 0;
  if (fstat(file, &about) != 0) {
    error = errno;
  } else if (S_ISDIR(about.st_mode)) {
    error = EISDIR;
  } else if (S_ISREG(about.st_mode) && (uintmax_t)about.st_size > limit) {
    too_large = 1;
  } else {
    size_t expected = S_ISREG(about.st_mode) ? (size_t)about.st_size : 65535;
    error = read_all(file, expected, limit, bytes, byte_count, &too_large);
  }
  close(file);
  if (too_large) return (spade_file_result){spade_file_too_large, 0};
  return failed(error, spade_file_cannot_read);
}

spade_file_result spade_file_map(const char *path, const uint8_t **bytes, size_t *byte_count) {
  *bytes = NULL;
  *byte_count = 0;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return failed(errno, spade_file_cannot_open);
  struct stat about;
  int error = 0;
  if (fstat(file, &about) != 0) {
    error = errno;
  } else if (S_ISDIR(about.st_mode)) {
    error = EISDIR;
  } else if (about.st_size > 0) {
    void *start = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (start == MAP_FAILED) {
      error = errno;
    } else {
      *bytes = start;
      *byte_count = (size_t)about.st_size;
    }
  }
  close(file);
  return failed(error, spade_file_cannot_read);
}

void spade_file_unmap(const uint8_t *bytes, size_t byte_count) {
  if (bytes) munmap((void *)bytes, byte_count);
}
