// What a program asks of Linux besides files, for Swift that has no C library of its own.
#ifndef SPADE_SYSTEM_H
#define SPADE_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

// What git says of the sources that the program was built from; NULL where the build was not told. Makefile and
// Scripts/board/build tell by linking an object that has this function, made by Scripts/version: a new commit links anew and
// compiles nothing.
const char *spade_build_description(void);

// Writes all bytes to a stream: 1 is standard output, 2 standard error.
// - Returns: 0, or the errno for which the rest is lost.
int spade_stream_write(int stream, const uint8_t *bytes, size_t byte_count);

// Shows text on one line of standard error that is a terminal, in the place of the text before; NULL takes it away. Any other
// output takes it away first. From any thread.
void spade_progress_show(const uint8_t *text, size_t byte_count);

// Whether a stream is a terminal that understands more than plain text.
int spade_stream_is_terminal(int stream);

// The value of an environment variable, or NULL where it is not set.
const char *spade_environment(const char *name);

// Where data of the program lie that was copied with it: the folder share/spade beside the folder bin that the program is in; NULL where it is in
// no such folder. Not from several threads at once.
const char *spade_shared_folder(void);

// Adds one to a counter that threads share.
// - Returns: its new value.
size_t spade_count_up(size_t *counter);

// The errno with which something could not be written to standard output, or 0.
int spade_stream_error(void);

// Nanoseconds of a clock that never goes back.
uint64_t spade_clock(void);

// Memory aligned to `alignment`, a power of two, to be given to spade_memory_free(); or NULL.
void *spade_memory_take(size_t alignment, size_t byte_count);

void spade_memory_free(void *memory);

// Whether so much memory could be taken now, and a MiB more for the small requests around it, whose failure nobody checks.
int spade_memory_is_there(size_t byte_count);

// Keeps `byte_count` bytes, a few MiB, for small requests from now on, so that memory can only run out where much is asked for
// at once and the answer is checked. Untouched, they cost nothing. Returns 0 where there is not that much. To be called once.
int spade_memory_set_aside(size_t byte_count);

// CPU cores this process may use, at least 1.
size_t spade_core_count(void);

size_t spade_page_byte_count(void);

// Page faults of this process up to now.
typedef struct {
  uint64_t minor;
  uint64_t major;
} spade_fault_counts;

spade_fault_counts spade_page_faults(void);

enum { spade_fixed_size = 400 };

// Writes `value` with `digits` (0 ... 20) after the point, as the C locale has it.
// - Returns: the characters written, without the zero at the end.
size_t spade_format_fixed(char text[spade_fixed_size], double value, int digits);

#endif
