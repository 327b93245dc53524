#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failed.h"

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

static int check_folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return access(".", W_OK | X_OK) == 0 ? 0 : errno;
  size_t length = slash == path ? 1 : (size_t)(slash - path);
  char folder[PATH_MAX];
  if (length >= sizeof folder) return ENAMETOOLONG;
  memcpy(folder, path, length);
  folder[length] = 0;
  return access(folder, W_OK | X_OK) == 0 ? 0 : errno;
}

static int check_output(const char *path) {
  size_t length = strlen(path);
  struct stat about;
  if (stat(path, &about) == 0) {
    if (S_ISDIR(about.st_mode)) return EISDIR;
    if (access(path, W_OK) != 0) return errno;
    if (!S_ISREG(about.st_mode)) return 0;
  }
  if (length == 0 || path[length - 1] == '/') return EISDIR;
  return check_folder_of(path);
}

spade_file_result spade_file_check_output(const char *path) {
  return failed(check_output(path), spade_file_cannot_write);
}

int spade_file_is_regular(const char *path) {
  struct stat about;
  return stat(path, &about) != 0 || S_ISREG(about.st_mode);
}
