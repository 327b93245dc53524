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

// Fills `count` bytes, fewer where the file has become shorter.
static int fill(int file, uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t got = read(file, bytes, count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return 0;
    bytes += got;
    count -= (size_t)got;
  }
  return 0;
}

static int map(int file, int is_copied, const uint8_t **bytes, size_t byte_count) {
  int flags = is_copied ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_PRIVATE;
  void *start = mmap(NULL, byte_count, is_copied ? PROT_READ | PROT_WRITE : PROT_READ, flags,
                     is_copied ? -1 : file, 0);
  if (start == MAP_FAILED) return errno;
  int error = is_copied ? fill(file, start, byte_count) : 0;
  if (!error && is_copied && mprotect(start, byte_count, PROT_READ) != 0) error = errno;
  if (error)
    munmap(start, byte_count);
  else
    *bytes = start;
  return error;
}

spade_file_result spade_file_map(const char *path, int is_copied, const uint8_t **bytes, size_t *byte_count) {
  *bytes = NULL;
  *byte_count = 0;
  // Without O_NONBLOCK a pipe that nobody writes to would be waited for.
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return failed(errno, spade_file_cannot_open);
  struct stat about;
  int error = 0, is_stream = 0;
  if (fstat(file, &about) != 0) {
    error = errno;
  } else if (S_ISDIR(about.st_mode)) {
    error = EISDIR;
  } else if (!S_ISREG(about.st_mode)) {
    is_stream = 1;
  } else if (about.st_size > 0) {
    error = map(file, is_copied, bytes, (size_t)about.st_size);
    if (!error) *byte_count = (size_t)about.st_size;
  }
  close(file);
  if (is_stream) return (spade_file_result){spade_file_is_stream, 0};
  return failed(error, spade_file_cannot_read);
}

void spade_file_unmap(const uint8_t *bytes, size_t byte_count) {
  if (bytes) munmap((void *)bytes, byte_count);
}
