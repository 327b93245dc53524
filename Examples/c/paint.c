// Paints one class with a model file and writes the picture as PPM: paint model.spade class [seed|style.z] > picture.ppm
//
// The class is a name, such as "sky", or an id; the style that of a seed, 0 if none is given, or one that --save-style wrote.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "spade.h"

// Says what went wrong, and ends the program.
static void check(spade_status status, const char *what) {
  if (status == SPADE_OK) return;
  fprintf(stderr, "paint: %s: %s\n", what, spade_status_text(status));
  exit(1);
}

// A whole file in memory, mapped.
static const void *map(const char *path, size_t *size) {
  int file = open(path, O_RDONLY);
  struct stat about;
  void *bytes = MAP_FAILED;
  if (file >= 0 && fstat(file, &about) == 0) {
    bytes = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    *size = (size_t)about.st_size;
  }
  if (bytes == MAP_FAILED) perror(path), exit(1);
  return bytes;
}

// The id of a class: by its name, or else the number that `text` is.
static uint16_t label_of(const spade_model *model, const char *text) {
  char name[64];
  for (size_t label = 0; label < spade_class_count(model); label++) {
    spade_class_name(model, label, name, sizeof name);
    if (strcmp(name, text) == 0) return (uint16_t)label;
  }
  return (uint16_t)atoi(text);
}

int main(int argument_count, char **arguments) {
  if (argument_count < 3 || argument_count > 4) {
    return fprintf(stderr, "usage: paint model.spade class [seed|style.z] > picture.ppm\n"), 2;
  }
  spade_model model;
  size_t size;
  const void *bytes = map(arguments[1], &size);
  check(spade_open(&model, bytes, size), arguments[1]);

  const char *given = argument_count == 4 ? arguments[3] : "0";
  float *style = calloc(spade_style_count(&model) + 1, sizeof *style);
  char *end;
  uint64_t seed = strtoull(given, &end, 10);
  if (*end == 0) {
    check(spade_seed_style(&model, seed, style), given);
  } else {
    bytes = map(given, &size);
    check(spade_read_style(&model, bytes, size, style), given);
  }

  size_t pixel_count = spade_width(&model) * spade_height(&model), thread_count = 2;
  size_t arena_size = spade_arena_size(&model, thread_count);
  void *arena = aligned_alloc(64, arena_size);
  uint16_t *labels = malloc(pixel_count * sizeof *labels);
  uint8_t *edges = calloc(pixel_count, 1), *rgb = malloc(spade_picture_size(&model));
  const uint16_t label = label_of(&model, arguments[2]);
  for (size_t i = 0; i < pixel_count; i++) labels[i] = label;

  spade_runtime *runtime;
  check(spade_start(&runtime, &model, arena, arena_size, thread_count), "starting");
  check(spade_paint(runtime, labels, spade_has_edges(&model) ? edges : NULL, style, rgb), "painting");
  fprintf(stderr, "paint: %zux%zu with %s\n", spade_width(&model), spade_height(&model), spade_kernels(runtime));
  spade_stop(runtime);
  printf("P6 %zu %zu 255\n", spade_width(&model), spade_height(&model));
  return fwrite(rgb, 1, spade_picture_size(&model), stdout) == spade_picture_size(&model) ? 0 : 1;
}
