#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "spade_png.h"

typedef struct {
  const uint8_t *bytes;
  size_t byte_count;
  spade_png_result result;
} reader;

static void fail(png_structp png, spade_png_status status) {
  reader *from = png_get_error_ptr(png);
  from->result.status = status;
  png_longjmp(png, 1);
}

// By the words that libpng 1.6 uses, in the order in which they tell. Up to 1.6.44 a chunk with a bad name or length is an
// "invalid chunk type" or "out of range", later a "bad header" of the chunk.
static spade_png_fault fault_of(const char *message) {
  static const struct {
    const char *part;
    spade_png_fault fault;
  } table[] = {
      {"CRC", spade_png_fault_checksum},
      {"bad header", spade_png_fault_chunk},
      {"IHDR", spade_png_fault_header},
      {"PLTE", spade_png_fault_palette},
      {"palette", spade_png_fault_palette},
      {"IDAT", spade_png_fault_image_data},
      {"image data", spade_png_fault_image_data},
      {"adaptive filter", spade_png_fault_image_data},
      {"chunk", spade_png_fault_chunk},
      {"out of range", spade_png_fault_chunk},
  };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++)
    if (strstr(message, table[i].part)) return table[i].fault;
  return spade_png_fault_other;
}

static void on_error(png_structp png, png_const_charp message) {
  reader *from = png_get_error_ptr(png);
  from->result.fault = fault_of(message);
  fail(png, strstr(message, "memory") ? spade_png_no_memory : spade_png_corrupt);
}

static void on_warning(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void on_read(png_structp png, png_bytep into, size_t count) {
  reader *from = png_get_io_ptr(png);
  if (count > from->byte_count - from->result.offset) {
    from->result.offset = from->byte_count;
    fail(png, spade_png_truncated);
  }
  memcpy(into, from->bytes + from->result.offset, count);
  from->result.offset += count;
}

static void read_header(png_structp png, png_infop info, reader *from, int keeps_profile) {
  png_set_read_fn(png, from, on_read);
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
#ifdef PNG_HANDLE_AS_UNKNOWN_SUPPORTED
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  if (keeps_profile) png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_AS_DEFAULT, (png_const_bytep) "iCCP", 1);
#endif
#ifdef PNG_CHECK_FOR_INVALID_INDEX_SUPPORTED
  png_set_check_for_invalid_index(png, 0);
#endif
  png_read_info(png, info);
  spade_png_result *result = &from->result;
  result->width = png_get_image_width(png, info);
  result->height = png_get_image_height(png, info);
  result->color_type = png_get_color_type(png, info);
  result->bit_depth = png_get_bit_depth(png, info);
  if (result->width > spade_png_max_side || result->height > spade_png_max_side ||
      (uint64_t)result->width * result->height > spade_png_max_pixel_count)
    fail(png, spade_png_too_large);
}

// Decodes into rows of `row_byte_count` bytes, of which the transformations asked for fill the first
// `pixel_byte_count` × width.
static void read_rows(png_structp png, png_infop info, uint8_t *rows, size_t row_byte_count,
                      size_t pixel_byte_count) {
  int pass_count = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t width = png_get_image_width(png, info), height = png_get_image_height(png, info);
  if (png_get_rowbytes(png, info) != width * pixel_byte_count) fail(png, spade_png_wrong_size);
  for (int pass = 0; pass < pass_count; pass++)
    for (size_t y = 0; y < height; y++) png_read_row(png, rows + y * row_byte_count, NULL);
  png_read_end(png, NULL);
}

static void read_ids(png_structp png, png_infop info, reader *from, uint16_t *ids, size_t id_count) {
  const spade_png_result *result = &from->result;
  if (result->color_type & PNG_COLOR_MASK_COLOR && !(result->color_type & PNG_COLOR_MASK_PALETTE))
    fail(png, spade_png_wrong_color);
  size_t width = result->width, height = result->height;
  if (id_count != width * height) fail(png, spade_png_wrong_size);
  size_t value_byte_count = result->bit_depth == 16 ? 2 : 1;
  png_set_packing(png);
  png_set_strip_alpha(png);
  read_rows(png, info, (uint8_t *)ids, width * 2, value_byte_count);
  for (size_t y = 0; y < height; y++) {
    uint16_t *row = ids + y * width;
    const uint8_t *stored = (const uint8_t *)row;
    // Safe: from the right, value x is written over bytes 2x and 2x + 1, and those still to be read
    // lie at or below.
    for (size_t x = width; x-- > 0;)
      row[x] = value_byte_count == 2 ? (uint16_t)(stored[2 * x] << 8 | stored[2 * x + 1]) : stored[x];
  }
}

// Pixels of `channel_count` bytes: 3, or 4 with alpha.
static void read_colors(png_structp png, png_infop info, reader *from, uint8_t *colors, size_t byte_count,
                        size_t channel_count) {
  const spade_png_result *result = &from->result;
  if (byte_count != (size_t)result->width * result->height * channel_count) fail(png, spade_png_wrong_size);
  if (result->color_type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (!(result->color_type & PNG_COLOR_MASK_COLOR)) {
    png_set_expand_gray_1_2_4_to_8(png);
    png_set_gray_to_rgb(png);
  }
  if (channel_count == 4 && png_get_valid(png, info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
  png_set_strip_16(png);
  if (channel_count == 4)
    png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
  else
    png_set_strip_alpha(png);
  read_rows(png, info, colors, (size_t)result->width * channel_count, channel_count);
}

typedef struct {
  uint8_t *bytes;
  size_t size;
  size_t byte_count;  // written
} profile;

static void read_profile(png_structp png, png_infop info, profile *into) {
  png_charp name;
  int compression;
  png_bytep bytes;
  png_uint_32 count;
  if (!png_get_iCCP(png, info, &name, &compression, &bytes, &count)) return;
  into->byte_count = count < into->size ? count : into->size;
  memcpy(into->bytes, bytes, into->byte_count);
}

// `from` is the caller's, so its value is defined after longjmp.
static void read_png(reader *from, uint16_t *ids, uint8_t *colors, size_t value_count, size_t channel_count,
                     profile *profile) {
  static const uint8_t signature[8] = {137, 80, 78, 71, 13, 10, 26, 10};
  size_t present = from->byte_count < 8 ? from->byte_count : 8;
  if (present > 0 && memcmp(from->bytes, signature, present) != 0) {
    from->result.status = spade_png_not_png;
    return;
  }
  if (present < 8) {
    from->result.status = spade_png_truncated;
    from->result.offset = present;
    return;
  }
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, from, on_error, on_warning);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    from->result.status = spade_png_no_memory;
    return;
  }
  if (!setjmp(png_jmpbuf(png))) {
    read_header(png, info, from, profile != NULL);
    if (ids) read_ids(png, info, from, ids, value_count);
    if (colors) read_colors(png, info, from, colors, value_count, channel_count);
    if (profile) read_profile(png, info, profile);
  }
  png_destroy_read_struct(&png, &info, NULL);
}

spade_png_result spade_png_read_header(const uint8_t *bytes, size_t byte_count) {
  reader from = {.bytes = bytes, .byte_count = byte_count};
  read_png(&from, NULL, NULL, 0, 0, NULL);
  return from.result;
}

spade_png_result spade_png_read_ids(const uint8_t *bytes, size_t byte_count, uint16_t *ids, size_t id_count) {
  reader from = {.bytes = bytes, .byte_count = byte_count};
  read_png(&from, ids, NULL, id_count, 1, NULL);
  return from.result;
}

spade_png_result spade_png_read_rgb(const uint8_t *bytes, size_t byte_count, uint8_t *rgb, size_t rgb_count) {
  reader from = {.bytes = bytes, .byte_count = byte_count};
  read_png(&from, NULL, rgb, rgb_count, 3, NULL);
  return from.result;
}

spade_png_result spade_png_read_rgba(const uint8_t *bytes, size_t byte_count, uint8_t *rgba, size_t rgba_count) {
  reader from = {.bytes = bytes, .byte_count = byte_count};
  read_png(&from, NULL, rgba, rgba_count, 4, NULL);
  return from.result;
}

size_t spade_png_read_profile(const uint8_t *bytes, size_t byte_count, uint8_t *to,
                              size_t size) {
  reader from = {.bytes = bytes, .byte_count = byte_count};
  profile profile = {.bytes = to, .size = size};
  read_png(&from, NULL, NULL, 0, 0, &profile);
  return from.result.status == spade_png_ok ? profile.byte_count : 0;
}
