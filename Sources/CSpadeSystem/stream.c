#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "spade_system.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int is_progress_shown;
static atomic_int output_error;

static int write_all(int stream, const uint8_t *bytes, size_t byte_count) {
  while (byte_count > 0) {
    ssize_t put = write(stream, bytes, byte_count);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    bytes += put;
    byte_count -= (size_t)put;
  }
  return 0;
}

static void write_text(const char *text) { (void)write_all(2, (const uint8_t *)text, strlen(text)); }

static void take_progress_away(void) {
  if (is_progress_shown) write_text("\r\x1b[K");
  is_progress_shown = 0;
}

int spade_stream_write(int stream, const uint8_t *bytes, size_t byte_count) {
  pthread_mutex_lock(&lock);
  take_progress_away();
  const int error = write_all(stream, bytes, byte_count);
  if (error != 0 && stream == STDOUT_FILENO) atomic_store(&output_error, error);
  pthread_mutex_unlock(&lock);
  return error;
}

int spade_stream_error(void) { return atomic_load(&output_error); }

// As many bytes as fit on a line of the terminal, and no part of a character.
static size_t fitting(const uint8_t *text, size_t byte_count) {
  struct winsize size = {0};
  size_t columns = ioctl(2, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : 79;
  size_t end = 0;
  for (size_t at = 0; at < byte_count; at++) {
    const int begins = (text[at] & 0xC0) != 0x80;
    if (begins && columns-- == 0) return at;
    end = at + 1;
  }
  return end;
}

void spade_progress_show(const uint8_t *text, size_t byte_count) {
  pthread_mutex_lock(&lock);
  take_progress_away();
  if (text) {
    (void)write_all(2, text, fitting(text, byte_count));
    is_progress_shown = 1;
  }
  pthread_mutex_unlock(&lock);
}

int spade_stream_is_terminal(int stream) {
  const char *kind = getenv("TERM");
  return isatty(stream) && kind && *kind && strcmp(kind, "dumb") != 0;
}
