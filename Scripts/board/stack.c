// Calls the functions of spade.h in a thread whose stack has SPADE_STACK_SIZE bytes, or as few as the C library allows, and ends at a
// page that traps. Prints how many of them are not what they were: what the calls took, and what the C library keeps there. Exit code 1
// where that is more than three quarters of SPADE_STACK_SIZE: the rest is for other processors' kernels.
//
//   stack model.spade thread-count
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spade.h"

enum { PATTERN = 0x5A, TRAP = 1 << 16 };

typedef struct {
  const void *bytes;
  size_t byte_count, thread_count;
  spade_status status;
} job;

static void *memory(size_t size) {
  void *bytes = aligned_alloc(64, (size + 64) / 64 * 64);
  if (!bytes) abort();
  return memset(bytes, 0, size);
}

// Everything that takes a model, or a part of one's inputs.
static spade_status call_without_runtime(const spade_model *model, uint16_t *labels, float *style, uint8_t *photo) {
  size_t width = spade_width(model), height = spade_height(model), count = 4 * width * height;
  uint16_t *ids = memory(count * sizeof *ids);
  uint8_t *rgba = memory(count * 4), *rgb = memory(3 * 600 * 400), *saved = memory(spade_saved_style_size(model));
  int32_t *colors = memory(spade_class_count(model) * sizeof *colors);
  char name[64];
  for (size_t label = 0; label < spade_class_count(model); label++) {
    spade_class_name(model, label, name, sizeof name);
    colors[label] = spade_class_color(model, label);
  }
  for (size_t i = 0; i < 3 * 600 * 400; i++) rgb[i] = (uint8_t)(i * i >> 9);
  for (size_t i = 0; i < 4 * count; i++) rgba[i] = (uint8_t)(i * i >> 7);
  // Noise is no drawing; it is read all the same, and has the most to look at.
  spade_read_drawing(model, colors, rgba, 2 * width, 2 * height, ids, NULL);
  for (size_t i = 0; i < count; i++) {
    ids[i] = (uint16_t)((i % (2 * width) / 10 + i / (2 * width) / 7) % spade_label_count(model));
  }
  spade_status status = spade_fit_labels(model, ids, 2 * width, 2 * height, labels);
  if (status == SPADE_OK) status = spade_stretch_photo(rgb, 600, 400, photo);
  if (status == SPADE_OK) status = spade_seed_style(model, 7, style);
  if (status == SPADE_OK && spade_style_count(model) > 0) {
    status = spade_write_style(model, style, saved);
    if (status == SPADE_OK) status = spade_read_style(model, saved, spade_saved_style_size(model), style);
  }
  return free(ids), free(rgba), free(rgb), free(saved), free(colors), status;
}

static void *call(void *argument) {
  job *job = argument;
  spade_model model;
  job->status = spade_open(&model, job->bytes, job->byte_count);
  if (job->status != SPADE_OK) return NULL;
  size_t pixel_count = spade_width(&model) * spade_height(&model);
  size_t arena_size = spade_arena_size(&model, job->thread_count);
  void *arena = memory(arena_size);
  uint16_t *labels = memory(pixel_count * sizeof *labels);
  uint8_t *edges = memory(pixel_count), *rgb = memory(spade_picture_size(&model));
  uint8_t *photo = memory((size_t)SPADE_PHOTO_SIDE * SPADE_PHOTO_SIDE * 3);
  float *style = memory(spade_style_count(&model) * sizeof *style);
  for (size_t i = 0; i < pixel_count; i++) edges[i] = i % 11 == 0;
  job->status = call_without_runtime(&model, labels, style, photo);
  spade_runtime *runtime = NULL;
  if (job->status == SPADE_OK) job->status = spade_start(&runtime, &model, arena, arena_size, job->thread_count);
  if (job->status == SPADE_OK && spade_has_encoder(&model)) job->status = spade_encode(runtime, photo, style);
  for (int frame = 0; frame < 2 && job->status == SPADE_OK; frame++) {
    job->status = spade_paint(runtime, labels, spade_has_edges(&model) ? edges : NULL, style, rgb);
  }
  spade_stop(runtime);
  return free(arena), free(labels), free(edges), free(rgb), free(photo), free(style), NULL;
}

int main(int argument_count, char **arguments) {
  if (argument_count != 3) return 2;
  struct stat about;
  int file = open(arguments[1], O_RDONLY);
  if (file < 0 || fstat(file, &about) != 0) return perror(arguments[1]), 1;
  job job = {.byte_count = (size_t)about.st_size, .thread_count = (size_t)atoi(arguments[2])};
  job.bytes = mmap(NULL, job.byte_count, PROT_READ, MAP_PRIVATE, file, 0);
  size_t stack_size = (size_t)sysconf(_SC_THREAD_STACK_MIN);
  if (stack_size < SPADE_STACK_SIZE) stack_size = SPADE_STACK_SIZE;
  uint8_t *trap = mmap(NULL, TRAP + stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (job.bytes == MAP_FAILED || trap == MAP_FAILED || mprotect(trap, TRAP, PROT_NONE) != 0) return perror("stack"), 1;
  const uint8_t *stack = memset(trap + TRAP, PATTERN, stack_size);
  pthread_attr_t attributes;
  pthread_t thread;
  if (pthread_attr_init(&attributes) != 0 || pthread_attr_setstack(&attributes, trap + TRAP, stack_size) != 0 ||
      pthread_create(&thread, &attributes, call, &job) != 0 || pthread_join(thread, NULL) != 0) {
    return fprintf(stderr, "stack: there is no thread\n"), 1;
  }
  if (job.status != SPADE_OK) return fprintf(stderr, "stack: %s\n", spade_status_text(job.status)), 1;
  size_t left = 0;
  while (left < stack_size && stack[left] == PATTERN) left++;
  printf("%zu\n", stack_size - left);
  return stack_size - left > SPADE_STACK_SIZE / 4 * 3;
}
