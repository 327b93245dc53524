#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "spade_png.h"

typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
  spade_png_status status;
} writer;

static void on_error(png_structp png, png_const_charp message) {
  writer *to = png_get_error_ptr(png);
  to->status = strstr(message, "memory") ? spade_png_no_memory : spade_png_wrong_size;
  png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void on_write(png_structp png, png_bytep bytes, size_t count) {
  writer *to = png_get_io_ptr(png);
  if (count > to->capacity - to->count) {
    size_t capacity = (to->count + count) * 2;
    uint8_t *larger = realloc(to->bytes, capacity);
    if (!larger) png_error(png, "Out of memory");
    to->bytes = larger;
    to->capacity = capacity;
  }
  memcpy(to->bytes + to->count, bytes, count);
  to->count += count;
}

static void on_flush(png_structp png) { (void)png; }

static void write_rgb(png_structp png, png_infop info, writer *to, const uint8_t *rgb, uint32_t width,
                      uint32_t height) {
  png_set_write_fn(png, to, on_write, on_flush);
  png_set_IHDR(png, info, width, height, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, 6);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_PAETH);
  png_write_info(png, info);
  for (size_t y = 0; y < height; y++) png_write_row(png, rgb + y * width * 3);
  png_write_end(png, NULL);
}

// `to` is the caller's, so its value is defined after longjmp.
static void write_png(writer *to, const uint8_t *rgb, uint32_t width, uint32_t height) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, to, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    to->status = spade_png_no_memory;
    return;
  }
  if (!setjmp(png_jmpbuf(png))) write_rgb(png, info, to, rgb, width, height);
  png_destroy_write_struct(&png, &info);
}

spade_png_status spade_png_write_rgb(const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **png_bytes,
                                     size_t *png_count) {
  *png_bytes = NULL;
  *png_count = 0;
  writer to = {0};
  write_png(&to, rgb, width, height);
  if (to.status != spade_png_ok) {
    free(to.bytes);
    return to.status;
  }
  *png_bytes = to.bytes;
  *png_count = to.count;
  return spade_png_ok;
}
