// Paints a label map with a model file and writes the picture as PPM: paint model.spade what [seed|style.z] > picture.ppm
//
// `what` is a class for the whole picture, by its name, such as sky, or by its id; or a file that ends in .pgm, whose values are
// ids (P5, 255 stands for unknown pixels); or one that ends in .ppm, a drawing in the classes' colours (P6). The style is that of
// a seed, 0 if none is given, or one that --save-style wrote.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "netpbm.h"
#include "spade.h"

// Says what went wrong, and ends the program.
static void fail(const char *what, const char *why) {
  fprintf(stderr, "paint: %s: %s\n", what, why);
  exit(1);
}

static void check(spade_status status, const char *what) {
  if (status != SPADE_OK) fail(what, spade_status_text(status));
}

// Memory for the caller to fill, 64-byte aligned.
static void *memory(size_t size) {
  size = (size + 64) / 64 * 64;
  void *bytes = aligned_alloc(64, size);
  if (bytes) return bytes;
  fprintf(stderr, "paint: there is no memory for %zu bytes\n", size);
  exit(1);
}

// A whole file in memory, mapped: 64-byte aligned, as spade_open() wants it.
static const uint8_t *map(const char *path, size_t *size) {
  struct stat about;
  const int file = open(path, O_RDONLY);
  if (file < 0 || fstat(file, &about) != 0) fail(path, strerror(errno));
  if (!S_ISREG(about.st_mode)) fail(path, "this is no file");
  if (about.st_size == 0) fail(path, "the file is empty");
  *size = (size_t)about.st_size;
  const void *bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) fail(path, strerror(errno));
  return bytes;
}

// Whether all of `text` is a whole number up to `most`, in digits.
static int is_number(const char *text, uint64_t most, uint64_t *number) {
  if (*text == 0 || text[strspn(text, "0123456789")] != 0) return 0;
  errno = 0;
  *number = strtoull(text, NULL, 10);
  return errno == 0 && *number <= most;
}

static int ends_in(const char *text, const char *end) {
  const size_t count = strlen(text), end_count = strlen(end);
  return count > end_count && strcmp(text + count - end_count, end) == 0;
}

// Says which classes there are, and ends the program.
static void fail_class(const spade_model *model, const char *text) {
  char name[256];
  fprintf(stderr, "paint: no class %s; the classes are", *text ? text : "\"\"");
  for (size_t label = 0; label < spade_class_count(model); label++) {
    spade_class_name(model, label, name, sizeof name);
    fprintf(stderr, "%s %s", label ? "," : "", name);
  }
  if (spade_class_count(model) == 0) fprintf(stderr, " 0 to %zu", spade_label_count(model) - 1);
  fprintf(stderr, "\n");
  exit(1);
}

// The id of a class: by its name, or else the number that `text` is.
static uint16_t label_of(const spade_model *model, const char *text) {
  char name[256];
  for (size_t label = 0; label < spade_class_count(model); label++) {
    if (spade_class_name(model, label, name, sizeof name) && strcmp(name, text) == 0) return (uint16_t)label;
  }
  uint64_t label = 0;
  if (!is_number(text, spade_label_count(model) - 1, &label)) fail_class(model, text);
  return (uint16_t)label;
}

// Says which pixel of a map has no class: spade_paint() would only say that one has none.
static void fail_id(const char *path, unsigned id, size_t x, size_t y) {
  fprintf(stderr, "paint: %s: id %u in column %zu of row %zu is no class\n", path, id, x, y);
  exit(1);
}

// The ids of a map, or of a drawing in the classes' colours, at the network's size.
static void read_labels(const spade_model *model, const char *path, uint16_t *labels) {
  size_t size;
  netpbm image;
  const uint8_t *bytes = map(path, &size);
  if (!netpbm_read(&image, bytes, size)) fail(path, "this is no binary PGM or PPM with values to 255, whole");
  const size_t count = image.width * image.height;
  uint16_t *ids = memory(count * sizeof *ids);
  if (image.channels == 1) {
    const int32_t unknown = spade_unknown_label(model);
    for (size_t i = 0; i < count; i++) {
      ids[i] = image.values[i] == 255 && unknown >= 0 ? (uint16_t)unknown : image.values[i];
      if (ids[i] >= spade_label_count(model)) fail_id(path, ids[i], i % image.width, i / image.width);
    }
  } else {
    int32_t *colors = memory(spade_class_count(model) * sizeof *colors);
    for (size_t label = 0; label < spade_class_count(model); label++) colors[label] = spade_class_color(model, label);
    uint8_t *rgba = memory(count * 4);
    for (size_t i = 0; i < count; i++) {
      memcpy(rgba + 4 * i, image.values + 3 * i, 3);
      rgba[4 * i + 3] = 255;
    }
    check(spade_read_drawing(model, colors, rgba, image.width, image.height, ids, NULL), path);
    free(rgba);
    free(colors);
  }
  check(spade_fit_labels(model, ids, image.width, image.height, labels), path);
  free(ids);
}

// The style of a seed, or one from a file.
static void read_style(const spade_model *model, const char *given, float *style) {
  uint64_t seed;
  if (is_number(given, UINT64_MAX, &seed)) {
    check(spade_seed_style(model, seed, style), given);
    return;
  }
  if (access(given, F_OK) != 0) fail(given, "this is neither a seed, 0 to 18446744073709551615, nor a file");
  size_t size;
  const void *bytes = map(given, &size);
  check(spade_read_style(model, bytes, size, style), given);
}

int main(int argument_count, char **arguments) {
  if (argument_count < 3 || argument_count > 4) {
    return fprintf(stderr, "usage: paint model.spade class|map.pgm|drawing.ppm [seed|style.z] > picture.ppm\n"), 2;
  }
  spade_model model;
  size_t size;
  const void *bytes = map(arguments[1], &size);
  check(spade_open(&model, bytes, size), arguments[1]);
  const size_t width = spade_width(&model), height = spade_height(&model), picture_size = spade_picture_size(&model);

  float *style = memory(spade_style_count(&model) * sizeof *style);
  read_style(&model, argument_count == 4 ? arguments[3] : "0", style);
  const char *what = arguments[2];
  uint16_t *labels = memory(width * height * sizeof *labels);
  if (ends_in(what, ".pgm") || ends_in(what, ".ppm")) {
    read_labels(&model, what, labels);
  } else if (ends_in(what, ".png") || ends_in(what, ".jpg")) {
    fail(what, "give a PPM of this picture, as ImageMagick makes it: convert drawing.png drawing.ppm");
  } else {
    const uint16_t label = label_of(&model, what);
    for (size_t i = 0; i < width * height; i++) labels[i] = label;
  }

  const size_t thread_count = 2, arena_size = spade_arena_size(&model, thread_count);
  void *arena = memory(arena_size);
  // No borders between instances.
  const uint8_t *edges = spade_has_edges(&model) ? memset(memory(width * height), 0, width * height) : NULL;
  uint8_t *rgb = memory(picture_size);
  spade_runtime *runtime;
  check(spade_start(&runtime, &model, arena, arena_size, thread_count), "starting");
  check(spade_paint(runtime, labels, edges, style, rgb), what);
  fprintf(stderr, "paint: %zux%zu with %s\n", width, height, spade_kernels(runtime));
  spade_stop(runtime);
  if (printf("P6 %zu %zu 255\n", width, height) < 0 || fwrite(rgb, 1, picture_size, stdout) != picture_size ||
      fflush(stdout) != 0) {
    fail("standard output", strerror(errno));
  }
  return 0;
}
