// The result that stands for an errno.
#ifndef SPADE_FAILED_H
#define SPADE_FAILED_H

#include <errno.h>

#include "spade_file.h"

static inline spade_file_result failed(int error, spade_file_status otherwise) {
  switch (error) {
    case 0: return (spade_file_result){spade_file_ok, 0};
    case EISDIR: return (spade_file_result){spade_file_is_folder, error};
    case ENOMEM: return (spade_file_result){spade_file_no_memory, error};
    default: return (spade_file_result){otherwise, error};
  }
}

#endif
