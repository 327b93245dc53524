// Prints how often the C allocator is called between the start and the end of a run, for each of two runs, then the calls
// counted in a proof that counting works. Exit code 1 unless they are 0, 0 and 4. A run begins with a map of twice the network's
// width and a photo, which becomes a style where the model has an encoder.
//
//   allocations model.spade thread-count
//
// Linked with -Wl,--wrap for each function below: every call in the program and in the C library comes here first.
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "spade.h"

static atomic_size_t calls;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
int __real_posix_memalign(void **memory, size_t alignment, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *memory);

void *__wrap_malloc(size_t size) {
  atomic_fetch_add(&calls, 1);
  return __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
  atomic_fetch_add(&calls, 1);
  return __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size) {
  atomic_fetch_add(&calls, 1);
  return __real_realloc(memory, size);
}

int __wrap_posix_memalign(void **memory, size_t alignment, size_t size) {
  atomic_fetch_add(&calls, 1);
  return __real_posix_memalign(memory, alignment, size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size) {
  atomic_fetch_add(&calls, 1);
  return __real_aligned_alloc(alignment, size);
}

void __wrap_free(void *memory) {
  atomic_fetch_add(&calls, 1);
  __real_free(memory);
}

int main(int argument_count, char **arguments) {
  if (argument_count != 3) return 2;
  struct stat about;
  int file = open(arguments[1], O_RDONLY);
  if (file < 0 || fstat(file, &about) != 0) return perror(arguments[1]), 1;
  void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  size_t thread_count = (size_t)atoi(arguments[2]);
  spade_model model;
  spade_status status = spade_open(&model, bytes, (size_t)about.st_size);
  if (status != SPADE_OK) return fprintf(stderr, "allocations: %s\n", spade_status_text(status)), 1;

  size_t width = spade_width(&model), pixel_count = width * spade_height(&model);
  size_t arena_size = spade_arena_size(&model, thread_count);
  void *arena = aligned_alloc(64, arena_size);
  uint16_t *labels = malloc(pixel_count * sizeof *labels);
  size_t photo_size = (size_t)SPADE_PHOTO_SIDE * SPADE_PHOTO_SIDE * 3;
  uint8_t *photo = malloc(photo_size), *square = malloc(photo_size);
  for (size_t i = 0; i < photo_size; i++) photo[i] = (uint8_t)(i * i >> 9);
  uint8_t *edges = malloc(pixel_count), *rgb = malloc(spade_picture_size(&model));
  float *style = calloc(spade_style_count(&model) + 1, sizeof *style);
  for (size_t i = 0; i < pixel_count; i++) edges[i] = i % 11 == 0;
  uint16_t *map = malloc(2 * pixel_count * sizeof *map);
  for (size_t i = 0; i < 2 * pixel_count; i++) {
    map[i] = (uint16_t)((i % (2 * width) / 10 + i / (2 * width) / 7) % spade_label_count(&model));
  }

  spade_runtime *runtime;
  status = spade_start(&runtime, &model, arena, arena_size, thread_count);
  size_t counts[3];
  for (int run = 0; run < 2 && status == SPADE_OK; run++) {
    atomic_store(&calls, 0);
    status = spade_fit_labels(&model, map, 2 * width, spade_height(&model), labels);
    // Another shape of as many pixels.
    if (status == SPADE_OK) status = spade_stretch_photo(photo, 2 * SPADE_PHOTO_SIDE, SPADE_PHOTO_SIDE / 2, square);
    if (status == SPADE_OK && spade_has_encoder(&model)) status = spade_encode(runtime, square, style);
    if (status == SPADE_OK) status = spade_paint(runtime, labels, spade_has_edges(&model) ? edges : NULL, style, rgb);
    counts[run] = atomic_load(&calls);
  }
  if (status != SPADE_OK) return fprintf(stderr, "allocations: %s\n", spade_status_text(status)), 1;
  spade_stop(runtime);

  atomic_store(&calls, 0);
  char *volatile memory = malloc(1);
  memory = realloc(memory, 2);
  free(memory);
  memory = calloc(1, 1);
  counts[2] = atomic_load(&calls);
  printf("%zu %zu %zu\n", counts[0], counts[1], counts[2]);
  return counts[0] != 0 || counts[1] != 0 || counts[2] != 4;
}
