// Files and folders. Paths are bytes that end with a zero; they need not be UTF-8.
#ifndef SPADE_FILE_H
#define SPADE_FILE_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  spade_file_ok = 0,
  spade_file_is_folder,
  spade_file_is_stream,  // a pipe or a device where only a file will do
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

// Gives the file at `path` as memory that can only be read: the file itself, or with `is_copied` a copy that whatever
// happens to the file leaves alone. On success the bytes are to be given to spade_file_unmap(); those of an empty file are
// NULL.
spade_file_result spade_file_map(const char *path, int is_copied, const uint8_t **bytes, size_t *byte_count);

void spade_file_unmap(const uint8_t *bytes, size_t byte_count);

// What is to become the content of a path, whole or not at all: a new file in the same folder until it is finished.
// There is one draft at a time: another thread's waits. SIGHUP, SIGINT and SIGTERM end the program as ever, and take the new file with them.
typedef struct spade_draft spade_draft;

// Follows symbolic links, also to files that are not there yet. The new file has the permissions of the one it is to
// replace from the start. Pipes and devices are written straight into. On failure `*draft` is NULL.
spade_file_result spade_draft_begin(const char *path, spade_draft **draft);

spade_file_result spade_draft_add(spade_draft *draft, const uint8_t *bytes, size_t byte_count);

// Puts the new file on the disk, then in its place, then the folder on the disk: after a power cut there is the old file or
// the new one. Frees the draft; where it fails before the new file is in its place, nothing new is left behind.
spade_file_result spade_draft_finish(spade_draft *draft);

// Leaves everything as it was and frees the draft.
void spade_draft_discard(spade_draft *draft);

// Whether a draft of `path` could be finished, without touching anything.
spade_file_result spade_file_check_output(const char *path);

// Whether what is written to `path` becomes a file; otherwise it goes to a pipe or a device.
int spade_file_is_regular(const char *path);

enum { spade_file_name_size = 256 };

// Which file a path stands for: two paths stand for one file if they have the same device, number and name. The name is
// empty for a file that is there; otherwise it is the file's, and device and number are those of the folder.
typedef struct {
  uint64_t device;
  uint64_t number;
} spade_file_identity;

// - Returns: whether the path can stand for a file; pipes, devices and folders are none.
int spade_file_identify(const char *path, spade_file_identity *identity, char name[spade_file_name_size]);

// When a file was written last, in nanoseconds since 1970.
// - Returns: whether there is such a file.
int spade_file_time(const char *path, int64_t *nanoseconds);

int spade_folder_is_there(const char *path);

// Makes a folder, and those it lies in. One that is there is left as it is.
spade_file_result spade_folder_make(const char *path);

// The names in a folder, in no order, each followed by a zero, without `.` and `..`. On success `*names` is to be given to
// spade_file_free().
spade_file_result spade_folder_list(const char *path, uint8_t **names, size_t *byte_count);

// Takes a file out of its folder.
spade_file_result spade_file_remove(const char *path);

// An errno in a few words, or NULL.
const char *spade_file_reason(int error);

#endif
