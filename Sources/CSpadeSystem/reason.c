#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <stddef.h>

#include "spade_file.h"

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
    case EFBIG: return "a file may not grow so large here";
    case EMFILE:
    case ENFILE: return "too many files are open";
    case EADDRINUSE: return "another program has it";
    default: return NULL;
  }
}
