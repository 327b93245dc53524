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

// What is written: `rgb`, or where that is NULL `ids`, as indices of `palette` or without one as gray.
typedef struct {
  const uint8_t *rgb;
  const uint16_t *ids;
  const uint8_t *palette;  // 256 colours of three bytes
  uint32_t width;
  uint32_t height;
} picture;

static int bit_depth(const picture *from) {
  if (from->rgb) return 8;
  size_t count = (size_t)from->width * from->height;
  for (size_t i = 0; i < count; i++)
    if (from->ids[i] > 255) return 16;
  return 8;
}

static void write_id_row(png_structp png, uint8_t *row, const uint16_t *ids, size_t width, int depth) {
  for (size_t x = 0; x < width; x++) {
    if (depth == 8) {
      row[x] = (uint8_t)ids[x];
    } else {
      row[2 * x] = (uint8_t)(ids[x] >> 8);
      row[2 * x + 1] = (uint8_t)ids[x];
    }
  }
  png_write_row(png, row);
}

static void write_palette(png_structp png, png_infop info, const uint8_t *palette) {
  png_color colors[256];
  for (size_t i = 0; i < 256; i++) colors[i] = (png_color){palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]};
  png_set_PLTE(png, info, colors, 256);
}

static void write_rows(png_structp png, png_infop info, writer *to, const picture *from, uint8_t *row) {
  int depth = bit_depth(from);
  int color = from->rgb ? PNG_COLOR_TYPE_RGB : from->palette && depth == 8 ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_GRAY;
  png_set_write_fn(png, to, on_write, on_flush);
  png_set_IHDR(png, info, from->width, from->height, depth, color, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (color == PNG_COLOR_TYPE_PALETTE) write_palette(png, info, from->palette);
  png_set_compression_level(png, 6);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, from->rgb ? PNG_FILTER_PAETH : PNG_FILTER_NONE);
  png_write_info(png, info);
  for (size_t y = 0; y < from->height; y++) {
    if (from->rgb)
      png_write_row(png, from->rgb + y * from->width * 3);
    else
      write_id_row(png, row, from->ids + y * from->width, from->width, depth);
  }
  png_write_end(png, NULL);
}

// `to` and `row` are the caller's, so their values are defined after longjmp.
static void write_png(writer *to, const picture *from, uint8_t *row) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, to, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    to->status = spade_png_no_memory;
    return;
  }
  if (!setjmp(png_jmpbuf(png))) write_rows(png, info, to, from, row);
  png_destroy_write_struct(&png, &info);
}

static spade_png_status write_picture(const picture *from, uint8_t **png_bytes, size_t *png_count) {
  *png_bytes = NULL;
  *png_count = 0;
  writer to = {0};
  uint8_t *row = malloc((size_t)from->width * 2);
  if (!row) return spade_png_no_memory;
  write_png(&to, from, row);
  free(row);
  if (to.status != spade_png_ok) {
    free(to.bytes);
    return to.status;
  }
  *png_bytes = to.bytes;
  *png_count = to.count;
  return spade_png_ok;
}

spade_png_status spade_png_write_rgb(const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **png_bytes,
                                     size_t *png_count) {
  picture from = {rgb, NULL, NULL, width, height};
  return write_picture(&from, png_bytes, png_count);
}

spade_png_status spade_png_write_ids(const uint16_t *ids, const uint8_t *palette, uint32_t width, uint32_t height,
                                     uint8_t **png_bytes, size_t *png_count) {
  picture from = {NULL, ids, palette, width, height};
  return write_picture(&from, png_bytes, png_count);
}

void spade_png_free(uint8_t *png) { free(png); }
