// PNG between two buffers. libpng reports errors by longjmp, which must not cross Swift frames, so every
// call into it is made here. Nothing is printed and nothing outlives a call but what it returns.
#ifndef SPADE_PNG_H
#define SPADE_PNG_H

#include <stddef.h>
#include <stdint.h>

enum {
  spade_png_max_side = 16384,        // pixels, width and height
  spade_png_max_pixel_count = 1 << 26  // width × height
};

typedef enum {
  spade_png_ok = 0,
  spade_png_not_png,      // the signature is another's
  spade_png_truncated,    // the bytes end before the IEND chunk does
  spade_png_corrupt,      // see `fault`
  spade_png_too_large,    // `width` × `height` is over the limits above
  spade_png_wrong_color,  // ids were asked of a picture in true colour
  spade_png_wrong_size,   // the output buffer is not `width` × `height`
  spade_png_no_memory
} spade_png_status;

typedef enum {
  spade_png_fault_other = 0,
  spade_png_fault_checksum,    // a chunk's CRC
  spade_png_fault_header,      // IHDR
  spade_png_fault_palette,     // PLTE missing, misplaced or of a bad length
  spade_png_fault_image_data,  // the compressed stream, or too little of it
  spade_png_fault_chunk        // a chunk's name, length or place
} spade_png_fault;

typedef struct {
  spade_png_status status;
  spade_png_fault fault;  // when corrupt
  size_t offset;          // bytes consumed when reading stopped
  uint32_t width;         // 0 until the header has been read
  uint32_t height;
  uint8_t color_type;     // PNG's: 0 gray, 2 RGB, 3 palette, 4 gray + alpha, 6 RGB + alpha
  uint8_t bit_depth;      // 1, 2, 4, 8 or 16
} spade_png_result;

// Reads every chunk before the image data and checks the size against the limits.
spade_png_result spade_png_read_header(const uint8_t *bytes, size_t byte_count);

// Stored values of a gray or palette picture, unscaled, in 0 … 2^bit_depth − 1: gray levels or palette
// indices; alpha is dropped. `ids` holds id_count = width × height values, row by row.
spade_png_result spade_png_read_ids(const uint8_t *bytes, size_t byte_count, uint16_t *ids, size_t id_count);

// Any picture as 8-bit RGB: palettes looked up, gray repeated, the high byte of 16 bits kept, alpha
// dropped, no gamma applied. `rgb` holds rgb_count = width × height × 3 bytes, row by row.
spade_png_result spade_png_read_rgb(const uint8_t *bytes, size_t byte_count, uint8_t *rgb, size_t rgb_count);

// As spade_png_read_rgb(), with alpha: the picture's, or that of its transparency chunk, 255 where it has neither.
// `rgba` holds rgba_count = width × height × 4 bytes.
spade_png_result spade_png_read_rgba(const uint8_t *bytes, size_t byte_count, uint8_t *rgba, size_t rgba_count);

// The ICC profile that a picture has embedded: its first profile_size bytes or fewer. Returns how many were written; 0 where there is none,
// or none that can be read.
size_t spade_png_read_profile(const uint8_t *bytes, size_t byte_count, uint8_t *profile, size_t profile_size);

// An 8-bit RGB PNG of width × height × 3 bytes, the same bytes each time. On success `*png` is to be given
// to spade_png_free(); otherwise it is NULL.
spade_png_status spade_png_write_rgb(const uint8_t *rgb, uint32_t width, uint32_t height, uint8_t **png,
                                     size_t *png_count);

// A PNG of width × height ids, 8-bit where all are below 256 and 16-bit otherwise; as spade_png_write_rgb(). One of 8 bits has the
// palette, 256 colours of three bytes, unless that is NULL; others are gray.
spade_png_status spade_png_write_ids(const uint16_t *ids, const uint8_t *palette, uint32_t width, uint32_t height,
                                     uint8_t **png, size_t *png_count);

void spade_png_free(uint8_t *png);

#endif
