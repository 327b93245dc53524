#include "target.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "failed.h"

static int folder_of(const char *path, char folder[PATH_MAX]) {
  const char *slash = strrchr(path, '/');
  if (!slash) {
    strcpy(folder, ".");
    return 0;
  }
  size_t length = slash == path ? 1 : (size_t)(slash - path);
  if (length >= PATH_MAX) return ENAMETOOLONG;
  memcpy(folder, path, length);
  folder[length] = 0;
  return 0;
}

// Replaces `path` by what its last part links to, until that is no link.
static int follow_links(char path[PATH_MAX]) {
  for (int links = 0; links < 40; links++) {
    char link[PATH_MAX];
    ssize_t length = readlink(path, link, sizeof link - 1);
    if (length < 0) return errno == EINVAL || errno == ENOENT ? 0 : errno;
    link[length] = 0;
    const char *slash = strrchr(path, '/');
    size_t kept = link[0] == '/' || !slash ? 0 : (size_t)(slash - path) + 1;
    if (kept + (size_t)length >= PATH_MAX) return ENAMETOOLONG;
    memcpy(path + kept, link, (size_t)length + 1);
  }
  return ELOOP;
}

int find_target(const char *path, target *found) {
  struct stat about;
  *found = (target){.is_there = stat(path, &about) == 0};
  if (!found->is_there && errno != ENOENT) return errno;
  size_t length = strlen(path);
  if (length == 0) return ENOENT;
  if (found->is_there) {
    found->mode = about.st_mode & 0777;
    if (S_ISDIR(about.st_mode)) return EISDIR;
    found->is_stream = !S_ISREG(about.st_mode);
    if (found->is_stream) return 0;
  } else if (path[length - 1] == '/') {
    return EISDIR;
  }
  if (length >= PATH_MAX) return ENAMETOOLONG;
  memcpy(found->path, path, length + 1);
  int error = follow_links(found->path);
  return error ? error : folder_of(found->path, found->folder);
}

static int check_output(const char *path) {
  target found;
  int error = find_target(path, &found);
  if (error) return error;
  if ((found.is_stream || found.is_there) && access(path, W_OK) != 0) return errno;
  if (found.is_stream) return 0;
  // The draft's name is longer than a short one of the target.
  if (strlen(found.folder) + 64 > PATH_MAX) return ENAMETOOLONG;
  return access(found.folder, W_OK | X_OK) == 0 ? 0 : errno;
}

spade_file_result spade_file_check_output(const char *path) {
  return failed(check_output(path), spade_file_cannot_write);
}

int spade_file_is_regular(const char *path) {
  struct stat about;
  return stat(path, &about) != 0 || S_ISREG(about.st_mode);
}

int spade_file_time(const char *path, int64_t *nanoseconds) {
  struct stat about;
  if (stat(path, &about) != 0) return 0;
  *nanoseconds = (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec;
  return 1;
}

int spade_file_identify(const char *path, spade_file_identity *identity, char name[spade_file_name_size]) {
  struct stat about;
  target found;
  if (find_target(path, &found) != 0 || found.is_stream) return 0;
  if (stat(found.is_there ? found.path : found.folder, &about) != 0) return 0;
  *identity = (spade_file_identity){(uint64_t)about.st_dev, (uint64_t)about.st_ino};
  const char *slash = strrchr(found.path, '/');
  const char *last = found.is_there ? "" : slash ? slash + 1 : found.path;
  if (strlen(last) >= spade_file_name_size) return 0;
  strcpy(name, last);
  return 1;
}
