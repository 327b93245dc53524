#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "failed.h"
#include "target.h"

struct spade_draft {
  int file;
  target target;
  char path[PATH_MAX];  // of the new file; empty for pipes and devices
};

// The new file that a signal takes with it.
static const char *volatile unfinished;

// Held from a draft's begin to its end.
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static const int fatal[] = {SIGHUP, SIGINT, SIGTERM};
enum { fatal_count = sizeof fatal / sizeof *fatal };

static void on_signal(int number) {
  if (unfinished) unlink(unfinished);
  // The handler is gone: this ends the program as soon as it returns.
  raise(number);
}

// Signals that nobody else handles.
static void catch_signals(void) {
  for (int i = 0; i < fatal_count; i++) {
    struct sigaction now, ours = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND};
    if (sigaction(fatal[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL) sigaction(fatal[i], &ours, NULL);
  }
  // A file that may grow no further is an error of write(), not the program's end.
  signal(SIGXFSZ, SIG_IGN);
}

// So that the new file and the name in `unfinished` come and go together.
static sigset_t hold_signals(void) {
  sigset_t held, before;
  sigemptyset(&held);
  for (int i = 0; i < fatal_count; i++) sigaddset(&held, fatal[i]);
  pthread_sigmask(SIG_BLOCK, &held, &before);
  return before;
}

static void release_signals(sigset_t before) { pthread_sigmask(SIG_SETMASK, &before, NULL); }

static int create(spade_draft *draft) {
  const target *to = &draft->target;
  catch_signals();
  for (unsigned attempt = 0; attempt < 1000; attempt++) {
    const char *folder = strcmp(to->folder, "/") == 0 ? "" : to->folder;
    int length = snprintf(draft->path, PATH_MAX, "%s/.spade-%ld-%u", folder, (long)getpid(), attempt);
    if (length < 0 || length >= PATH_MAX) return ENAMETOOLONG;
    sigset_t before = hold_signals();
    draft->file =
        open(draft->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, to->is_there ? to->mode : 0666);
    int error = draft->file < 0 ? errno : 0;
    if (!error) unfinished = draft->path;
    release_signals(before);
    if (error != EEXIST) return error;
  }
  return EEXIST;
}

static int begin(const char *path, spade_draft *draft) {
  int error = find_target(path, &draft->target);
  if (error) return error;
  if (draft->target.is_stream) {
    draft->file = open(path, O_WRONLY | O_CLOEXEC);
    return draft->file < 0 ? errno : 0;
  }
  if (draft->target.is_there && access(draft->target.path, W_OK) != 0) return errno;
  return create(draft);
}

spade_file_result spade_draft_begin(const char *path, spade_draft **draft) {
  *draft = calloc(1, sizeof **draft);
  if (!*draft) return failed(ENOMEM, spade_file_cannot_write);
  pthread_mutex_lock(&one_at_a_time);
  int error = begin(path, *draft);
  if (error) {
    pthread_mutex_unlock(&one_at_a_time);
    free(*draft);
    *draft = NULL;
  }
  return failed(error, spade_file_cannot_write);
}

spade_file_result spade_draft_add(spade_draft *draft, const uint8_t *bytes, size_t byte_count) {
  while (byte_count > 0) {
    ssize_t put = write(draft->file, bytes, byte_count);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return failed(errno, spade_file_cannot_write);
    bytes += put;
    byte_count -= (size_t)put;
  }
  return failed(0, spade_file_ok);
}

// Renames the new file, or removes it after an error.
static int settle(spade_draft *draft, int error) {
  sigset_t before = hold_signals();
  if (!error && rename(draft->path, draft->target.path) != 0) error = errno;
  if (error) unlink(draft->path);
  unfinished = NULL;
  release_signals(before);
  return error;
}

// Some file systems cannot put a folder on the disk by itself.
static int sync_folder(int folder) {
  return fsync(folder) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno;
}

static int finish(spade_draft *draft) {
  if (draft->target.is_stream) return close(draft->file) == 0 ? 0 : errno;
  int error = 0;
  int folder = open(draft->target.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (draft->target.is_there && fchmod(draft->file, draft->target.mode) != 0) error = errno;
  if (!error && fsync(draft->file) != 0) error = errno;
  if (close(draft->file) != 0 && !error) error = errno;
  error = settle(draft, error);
  if (folder < 0) return error;
  if (!error) error = sync_folder(folder);
  close(folder);
  return error;
}

spade_file_result spade_draft_finish(spade_draft *draft) {
  int error = finish(draft);
  pthread_mutex_unlock(&one_at_a_time);
  free(draft);
  return failed(error, spade_file_cannot_write);
}

void spade_draft_discard(spade_draft *draft) {
  close(draft->file);
  if (!draft->target.is_stream) settle(draft, ECANCELED);
  pthread_mutex_unlock(&one_at_a_time);
  free(draft);
}
