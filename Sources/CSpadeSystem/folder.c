#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failed.h"

int spade_folder_is_there(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int make(const char *path) {
  if (mkdir(path, 0777) == 0) return 0;
  if (errno != EEXIST) return errno;
  return spade_folder_is_there(path) ? 0 : ENOTDIR;
}

static int make_all(const char *path) {
  char part[PATH_MAX];
  size_t length = strlen(path);
  if (length >= sizeof part) return ENAMETOOLONG;
  for (size_t i = 1; i < length; i++) {
    if (path[i] != '/') continue;
    memcpy(part, path, i);
    part[i] = 0;
    int error = make(part);
    if (error) return error;
  }
  return make(path);
}

spade_file_result spade_file_remove(const char *path) { return failed(unlink(path) ? errno : 0, spade_file_cannot_write); }

spade_file_result spade_folder_make(const char *path) { return failed(make_all(path), spade_file_cannot_write); }

static int append(uint8_t **names, size_t *count, size_t *capacity, const char *name) {
  size_t length = strlen(name) + 1;
  if (*count + length > *capacity) {
    size_t wanted = (*count + length) * 2;
    uint8_t *larger = realloc(*names, wanted);
    if (!larger) return ENOMEM;
    *names = larger;
    *capacity = wanted;
  }
  memcpy(*names + *count, name, length);
  *count += length;
  return 0;
}

spade_file_result spade_folder_list(const char *path, uint8_t **names, size_t *byte_count) {
  *names = NULL;
  *byte_count = 0;
  DIR *folder = opendir(path);
  if (!folder) return failed(errno, spade_file_cannot_open);
  size_t capacity = 0;
  int error = 0;
  while (!error) {
    errno = 0;
    struct dirent *entry = readdir(folder);
    if (!entry) {
      error = errno;
      break;
    }
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    error = append(names, byte_count, &capacity, entry->d_name);
  }
  closedir(folder);
  if (error) {
    free(*names);
    *names = NULL;
  }
  return failed(error, spade_file_cannot_read);
}
