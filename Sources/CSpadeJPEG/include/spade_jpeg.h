// JPEG from memory, by libjpeg-turbo. Its errors are longjmps, which must not cross Swift frames, so every call into it is made here.
#ifndef SPADE_JPEG_H
#define SPADE_JPEG_H

#include <stddef.h>
#include <stdint.h>

enum {
  spade_jpeg_max_side = 16384,         // pixels, width and height
  spade_jpeg_max_pixel_count = 1 << 26,  // width × height
  spade_jpeg_max_scan_count = 100        // of a progressive picture; programs write some ten
};

typedef enum {
  spade_jpeg_ok = 0,
  spade_jpeg_not_jpeg,
  spade_jpeg_truncated,  // the data end before the picture does
  spade_jpeg_corrupt,
  spade_jpeg_unsupported,  // a kind that libjpeg-turbo does not decode to RGB, such as CMYK, or with too many scans
  spade_jpeg_too_large,
  spade_jpeg_no_memory
} spade_jpeg_status;

typedef struct {
  spade_jpeg_status status;
  uint32_t width;   // as it is to be seen, after the orientation tag; 0 until the header has been read
  uint32_t height;
} spade_jpeg_result;

// Whether the bytes begin as JPEG files do.
int spade_jpeg_is_jpeg(const uint8_t *bytes, size_t byte_count);

// The size of the picture, upright.
spade_jpeg_result spade_jpeg_read_header(const uint8_t *bytes, size_t byte_count);

// The picture as 8-bit RGB, row by row, turned upright by its Exif orientation. `rgb` holds rgb_count = width × height × 3 bytes.
spade_jpeg_result spade_jpeg_read_rgb(const uint8_t *bytes, size_t byte_count, uint8_t *rgb, size_t rgb_count);

#endif
