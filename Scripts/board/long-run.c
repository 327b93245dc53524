// Paints many frames in one process, as a program that never ends does, with models, thread counts, maps, styles and photos that
// change, and looks whether anything of them stays behind.
//
//   long-run frame-count model.spade …
//
// Exit code 1 unless the same input always gave the same picture, resident memory after the first fifth of the frames was its
// highest, and descriptors and threads are as many as before.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spade.h"

enum { MAX_MODELS = 16, INPUT_COUNT = 24, MAX_THREADS = 8 };

// A model file and what its inputs gave the first time; 0 before.
typedef struct {
  spade_model model;
  uint64_t pictures[INPUT_COUNT];
  uint64_t styles[INPUT_COUNT];
} network;

static uint64_t random_state = 1;

// SplitMix64.
static uint64_t next_random(void) {
  uint64_t z = random_state += 0x9E3779B97F4A7C15;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
  z = (z ^ z >> 27) * 0x94D049BB133111EB;
  return z ^ z >> 31;
}

// FNV-1a; not 0.
static uint64_t hash_of(const void *bytes, size_t count) {
  uint64_t hash = 0xCBF29CE484222325;
  for (size_t i = 0; i < count; i++) hash = (hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3;
  return hash | 1;
}

static void check(spade_status status, const char *what) {
  if (status == SPADE_OK) return;
  fprintf(stderr, "long-run: %s: %s\n", what, spade_status_text(status));
  exit(1);
}

static void *pages(size_t byte_count, int file) {
  void *memory = mmap(NULL, byte_count, file < 0 ? PROT_READ | PROT_WRITE : PROT_READ,
                      file < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_PRIVATE, file, 0);
  if (memory == MAP_FAILED) perror("long-run: mmap"), exit(1);
  return memory;
}

static void open_model(network *network, const char *path) {
  struct stat about;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &about) != 0) perror(path), exit(1);
  check(spade_open(&network->model, pages((size_t)about.st_size, file), (size_t)about.st_size), path);
  close(file);
}

// Entries of a folder of /proc.
static size_t count_entries(const char *path) {
  size_t count = 0;
  DIR *folder = opendir(path);
  if (!folder) perror(path), exit(1);
  for (struct dirent *entry; (entry = readdir(folder));) count += entry->d_name[0] != '.';
  closedir(folder);
  return count;
}

// KiB of this process that are in memory.
static size_t resident(void) {
  char line[256];
  size_t count = 0;
  FILE *file = fopen("/proc/self/smaps_rollup", "re");
  if (!file) perror("/proc/self/smaps_rollup"), exit(1);
  while (fgets(line, sizeof line, file)) sscanf(line, "Rss: %zu", &count);
  fclose(file);
  return count;
}

// A map of one class, of stripes or of noise.
static void draw(uint16_t *labels, uint8_t *edges, const spade_model *model, size_t input) {
  const size_t width = spade_width(model), count = width * spade_height(model), classes = spade_label_count(model);
  const uint64_t before = random_state;
  random_state = input;
  for (size_t i = 0; i < count; i++) {
    const size_t stripe = i % width / (input + 2) + i / width / 5;
    labels[i] = (uint16_t)((input % 3 == 0 ? input : input % 3 == 1 ? stripe : next_random()) % classes);
    edges[i] = i % (input + 7) == 0;
  }
  random_state = before;
}

// Notes what an input gave, or compares it with what it gave before.
static void compare(uint64_t *known, uint64_t hash, const char *what) {
  if (*known && *known != hash) fprintf(stderr, "long-run: another %s for the same input\n", what), exit(1);
  *known = hash;
}

// One frame, and in one of four a photo before it.
static void paint(spade_runtime *runtime, network *network, uint16_t *labels, uint8_t *edges, uint8_t *photo, float *style,
                  uint8_t *rgb) {
  const spade_model *model = &network->model;
  const size_t input = next_random() % INPUT_COUNT, style_count = spade_style_count(model);
  if (spade_has_encoder(model) && next_random() % 4 == 0) {
    for (size_t i = 0; i < (size_t)SPADE_PHOTO_SIDE * SPADE_PHOTO_SIDE * 3; i++) photo[i] = (uint8_t)(i * (input + 1) >> 7);
    check(spade_encode(runtime, photo, style), "a photo");
    compare(&network->styles[input], hash_of(style, style_count * sizeof *style), "style");
  }
  for (size_t i = 0; i < style_count; i++) style[i] = (float)((i * 7 + input * 3) % 17) / 8 - 1;
  draw(labels, edges, model, input);
  check(spade_paint(runtime, labels, spade_has_edges(model) ? edges : NULL, style, rgb), "painting");
  compare(&network->pictures[input], hash_of(rgb, spade_picture_size(model)), "picture");
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

int main(int argument_count, char **arguments) {
  if (argument_count < 3 || argument_count > 2 + MAX_MODELS) {
    return fprintf(stderr, "usage: long-run frame-count model.spade …, at most %d\n", MAX_MODELS), 2;
  }
  static network networks[MAX_MODELS];
  const size_t frame_count = (size_t)atol(arguments[1]), model_count = (size_t)argument_count - 2;
  size_t pixel_count = 0, style_count = 0;
  for (size_t i = 0; i < model_count; i++) {
    open_model(&networks[i], arguments[2 + i]);
    pixel_count = larger(pixel_count, spade_picture_size(&networks[i].model) / 3);
    style_count = larger(style_count, spade_style_count(&networks[i].model));
  }
  uint16_t *labels = pages(pixel_count * sizeof *labels, -1);
  uint8_t *edges = pages(pixel_count, -1), *rgb = pages(pixel_count * 3, -1);
  uint8_t *photo = pages((size_t)SPADE_PHOTO_SIDE * SPADE_PHOTO_SIDE * 3, -1);
  float *style = pages((style_count + 1) * sizeof *style, -1);
  const size_t descriptors = count_entries("/proc/self/fd");

  size_t runtime_count = 0, first_peak = 0, later_peak = 0;
  for (size_t frame = 0; frame < frame_count; runtime_count++) {
    network *network = &networks[next_random() % model_count];
    const size_t thread_count = 1 + next_random() % MAX_THREADS;
    const size_t arena_size = spade_arena_size(&network->model, thread_count);
    void *arena = pages(arena_size, -1);
    spade_runtime *runtime;
    check(spade_start(&runtime, &network->model, arena, arena_size, thread_count), "starting");
    do {
      paint(runtime, network, labels, edges, photo, style, rgb);
      frame++;
    } while (frame < frame_count && next_random() % 4 != 0);
    spade_stop(runtime);
    munmap(arena, arena_size);
    size_t *peak = frame <= frame_count / 5 ? &first_peak : &later_peak;
    *peak = larger(*peak, resident());
  }
  const size_t left = count_entries("/proc/self/fd"), threads = count_entries("/proc/self/task");
  printf("%zu frames of %zu models in %zu runtimes of 1 to %d threads, each picture and style as before\n", frame_count,
         model_count, runtime_count, MAX_THREADS);
  printf("resident between runtimes: at most %zu KiB in the first fifth, %zu KiB after it\n", first_peak, later_peak);
  printf("descriptors: %zu before, %zu after; threads: %zu\n", descriptors, left, threads);
  // The first fifth may leave a page of a stack or of the C library untouched.
  return later_peak > first_peak + 64 || left != descriptors || threads != 1;
}
