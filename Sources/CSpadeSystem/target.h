// Where a written file will lie.
#ifndef SPADE_TARGET_H
#define SPADE_TARGET_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <limits.h>
#include <sys/stat.h>

typedef struct {
  int is_stream;  // a pipe or a device; the rest says nothing then
  int is_there;
  mode_t mode;            // of the file that is there
  char path[PATH_MAX];    // after every symbolic link
  char folder[PATH_MAX];  // that holds it
} target;

// Returns 0 or an errno.
int find_target(const char *path, target *found);

#endif
