// Paints one class with a model file and writes the picture as PPM: paint model.spade id > picture.ppm
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "spade.h"

// Says what went wrong, and ends the program.
static void check(spade_status status, const char *what) {
  if (status == SPADE_OK) return;
  fprintf(stderr, "paint: %s: %s\n", what, spade_status_text(status));
  exit(1);
}

int main(int argument_count, char **arguments) {
  if (argument_count != 3) return fprintf(stderr, "usage: paint model.spade id > picture.ppm\n"), 2;
  int file = open(arguments[1], O_RDONLY);
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0) return perror(arguments[1]), 1;
  void *bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) return perror(arguments[1]), 1;

  spade_model model;
  check(spade_open(&model, bytes, (size_t)about.st_size), arguments[1]);
  size_t pixel_count = spade_width(&model) * spade_height(&model), thread_count = 2;
  size_t arena_size = spade_arena_size(&model, thread_count);
  void *arena = aligned_alloc(64, arena_size);
  uint16_t *labels = malloc(pixel_count * sizeof *labels);
  uint8_t *edges = calloc(pixel_count, 1), *rgb = malloc(spade_picture_size(&model));
  float *style = calloc(spade_style_count(&model) + 1, sizeof *style);
  for (size_t i = 0; i < pixel_count; i++) labels[i] = (uint16_t)atoi(arguments[2]);

  spade_runtime *runtime;
  check(spade_start(&runtime, &model, arena, arena_size, thread_count), "starting");
  check(spade_paint(runtime, labels, spade_has_edges(&model) ? edges : NULL, style, rgb), "painting");
  fprintf(stderr, "paint: %zux%zu with %s\n", spade_width(&model), spade_height(&model), spade_kernels(runtime));
  spade_stop(runtime);
  printf("P6 %zu %zu 255\n", spade_width(&model), spade_height(&model));
  return fwrite(rgb, 1, spade_picture_size(&model), stdout) == spade_picture_size(&model) ? 0 : 1;
}
