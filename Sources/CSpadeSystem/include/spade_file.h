// Whole files, in and out.
#ifndef SPADE_FILE_H
#define SPADE_FILE_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  spade_file_ok = 0,
  spade_file_is_folder,
  spade_file_too_large,  // over the limit given
  spade_file_no_memory,
  spade_file_cannot_open,  // see `error`
  spade_file_cannot_read,
  spade_file_cannot_write
} spade_file_status;

typedef struct {
  spade_file_status status;
  int error;  // the errno behind it
} spade_file_result;

// Reads the file, pipe or device at `path`, of at most `limit` bytes. On success `*bytes` is to be given to
// spade_file_free(); otherwise it is NULL.
spade_file_result spade_file_read(const char *path, size_t limit, uint8_t **bytes, size_t *byte_count);

void spade_file_free(uint8_t *bytes);

// Puts the bytes at `path` whole or not at all: written to a file of another name in the same folder, then
// renamed. Follows symbolic links, keeps the permissions of the file it replaces, and writes straight into
// pipes and devices. After a failure nothing new is left behind.
spade_file_result spade_file_write(const char *path, const uint8_t *bytes, size_t byte_count);

// Maps the file at `path`, read-only. On success the bytes are to be given to spade_file_unmap(); those of an empty
// file are NULL.
spade_file_result spade_file_map(const char *path, const uint8_t **bytes, size_t *byte_count);

void spade_file_unmap(const uint8_t *bytes, size_t byte_count);

// Whether spade_file_write() could write to `path`, without touching it.
spade_file_result spade_file_check_output(const char *path);

// Whether what is written to `path` becomes a file; otherwise it goes to a pipe or a device.
int spade_file_is_regular(const char *path);

// An errno in a few words, or NULL.
const char *spade_file_reason(int error);

#endif
