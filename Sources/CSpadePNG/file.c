#define _GNU_SOURCE
#include "spade_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

static spade_file_result failed(int error, spade_file_status otherwise) {
  switch (error) {
    case 0: return (spade_file_result){spade_file_ok, 0};
    case EISDIR: return (spade_file_result){spade_file_is_folder, error};
    case ENOMEM: return (spade_file_result){spade_file_no_memory, error};
    default: return (spade_file_result){otherwise, error};
  }
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

static int write_all(int file, const uint8_t *bytes, size_t byte_count) {
  while (byte_count > 0) {
    ssize_t put = write(file, bytes, byte_count);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    bytes += put;
    byte_count -= (size_t)put;
  }
  return 0;
}

static int write_into(const char *path, const uint8_t *bytes, size_t byte_count) {
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return errno;
  int error = write_all(file, bytes, byte_count);
  if (close(file) != 0 && !error) error = errno;
  return error;
}

// Creates a file beside `target`, whose name goes into `temporary`, of PATH_MAX bytes.
static int create_beside(const char *target, char *temporary, int *file) {
  const char *slash = strrchr(target, '/');
  int folder_length = slash ? (int)(slash - target) + 1 : 0;
  for (unsigned attempt = 0; attempt < 1000; attempt++) {
    int length = snprintf(temporary, PATH_MAX, "%.*s.spade-%ld-%u", folder_length, target, (long)getpid(),
                          attempt);
    if (length < 0 || length >= PATH_MAX) return ENAMETOOLONG;
    *file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (*file >= 0) return 0;
    if (errno != EEXIST) return errno;
  }
  return EEXIST;
}

static int replace(const char *target, const mode_t *mode, const uint8_t *bytes, size_t byte_count) {
  char temporary[PATH_MAX];
  int file;
  int error = create_beside(target, temporary, &file);
  if (error) return error;
  error = write_all(file, bytes, byte_count);
  if (!error && mode && fchmod(file, *mode & 0777) != 0) error = errno;
  if (close(file) != 0 && !error) error = errno;
  if (!error && rename(temporary, target) != 0) error = errno;
  if (error) unlink(temporary);
  return error;
}

static int write_file(const char *path, const uint8_t *bytes, size_t byte_count) {
  struct stat about;
  if (stat(path, &about) != 0) {
    if (errno != ENOENT) return errno;
    size_t length = strlen(path);
    if (length > 0 && path[length - 1] == '/') return EISDIR;
    if (length == 0) return ENOENT;
    return replace(path, NULL, bytes, byte_count);
  }
  if (S_ISDIR(about.st_mode)) return EISDIR;
  if (!S_ISREG(about.st_mode)) return write_into(path, bytes, byte_count);
  if (access(path, W_OK) != 0) return errno;
  char target[PATH_MAX];
  if (!realpath(path, target)) return errno;
  return replace(target, &about.st_mode, bytes, byte_count);
}

spade_file_result spade_file_write(const char *path, const uint8_t *bytes, size_t byte_count) {
  return failed(write_file(path, bytes, byte_count), spade_file_cannot_write);
}

const char *spade_file_reason(int error) {
  switch (error) {
    case ENOENT: return "no such file or folder";
    case EACCES:
    case EPERM: return "permission denied";
    case ENOTDIR: return "a part of the path is not a folder";
    case ENOSPC:
    case EDQUOT: return "the disk is full";
    case EROFS: return "the disk is read-only";
    case EIO: return "the disk reports an error";
    case ENAMETOOLONG: return "the name is too long";
    case ELOOP: return "the links go in a circle";
    case EMFILE:
    case ENFILE: return "too many files are open";
    default: return NULL;
  }
}
