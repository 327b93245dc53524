#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "orientation.h"
#include "spade_jpeg.h"

typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  spade_jpeg_status status;
  int orientation;
  uint8_t *row;
} decoder;

static void fail(j_common_ptr jpeg) {
  decoder *self = jpeg->client_data;
  switch (jpeg->err->msg_code) {
    case JERR_NO_SOI: self->status = spade_jpeg_not_jpeg; break;
    case JERR_INPUT_EOF: case JERR_INPUT_EMPTY: self->status = spade_jpeg_truncated; break;
    case JERR_OUT_OF_MEMORY: self->status = spade_jpeg_no_memory; break;
    case JERR_CONVERSION_NOTIMPL: case JERR_SOF_UNSUPPORTED: case JERR_BAD_PRECISION:
      self->status = spade_jpeg_unsupported;
      break;
    default: self->status = spade_jpeg_corrupt;
  }
  longjmp(self->failed, 1);
}

// Warnings are data that libjpeg-turbo guesses around; a photo that needs guesses is damaged.
static void warn(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  decoder *self = jpeg->client_data;
  self->status = jpeg->err->msg_code == JWRN_JPEG_EOF ? spade_jpeg_truncated : spade_jpeg_corrupt;
  // Bytes after the picture's end, or before a marker, cost nothing.
  if (jpeg->err->msg_code == JWRN_EXTRANEOUS_DATA) self->status = spade_jpeg_ok;
  if (self->status != spade_jpeg_ok) longjmp(self->failed, 1);
}

// A few kilobytes can ask for thousands of passes over a large picture.
static void count_scans(j_common_ptr jpeg) {
  decoder *self = jpeg->client_data;
  if (self->jpeg.input_scan_number <= spade_jpeg_max_scan_count) return;
  self->status = spade_jpeg_unsupported;
  longjmp(self->failed, 1);
}

// Starts up to the first row. The size is that of the stored picture.
static void begin(decoder *self, const uint8_t *bytes, size_t byte_count) {
  jpeg_create_decompress(&self->jpeg);
  self->jpeg.client_data = self;
  self->progress.progress_monitor = count_scans;
  self->jpeg.progress = &self->progress;
  jpeg_mem_src(&self->jpeg, bytes, (unsigned long)byte_count);
  jpeg_save_markers(&self->jpeg, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(&self->jpeg, TRUE);
  self->orientation = 1;
  for (jpeg_saved_marker_ptr marker = self->jpeg.marker_list; marker && self->orientation == 1; marker = marker->next) {
    self->orientation = spade_exif_orientation(marker->data, marker->data_length);
  }
}

static spade_jpeg_result result_of(const decoder *self) {
  const int is_turned = self->orientation > 4;
  spade_jpeg_result result = {.status = self->status};
  result.width = is_turned ? self->jpeg.image_height : self->jpeg.image_width;
  result.height = is_turned ? self->jpeg.image_width : self->jpeg.image_height;
  return result;
}

// Where a stored pixel goes, upright.
static size_t place(int orientation, size_t x, size_t y, size_t width, size_t height) {
  switch (orientation) {
    case 2: return y * width + (width - 1 - x);
    case 3: return (height - 1 - y) * width + (width - 1 - x);
    case 4: return (height - 1 - y) * width + x;
    case 5: return x * height + y;
    case 6: return x * height + (height - 1 - y);
    case 7: return (width - 1 - x) * height + (height - 1 - y);
    case 8: return (width - 1 - x) * height + y;
    default: return y * width + x;
  }
}

static void read_rows(decoder *self, uint8_t *rgb) {
  struct jpeg_decompress_struct *jpeg = &self->jpeg;
  const size_t width = jpeg->output_width, height = jpeg->output_height;
  while (jpeg->output_scanline < height) {
    const size_t y = jpeg->output_scanline;
    JSAMPROW rows[] = {self->row};
    jpeg_read_scanlines(jpeg, rows, 1);
    for (size_t x = 0; x < width; x++) {
      memcpy(rgb + 3 * place(self->orientation, x, y, width, height), self->row + 3 * x, 3);
    }
  }
}

static spade_jpeg_result decode(const uint8_t *bytes, size_t byte_count, uint8_t *rgb, size_t rgb_count) {
  decoder *self = calloc(1, sizeof *self);
  if (!self) return (spade_jpeg_result){.status = spade_jpeg_no_memory};
  self->jpeg.err = jpeg_std_error(&self->errors);
  self->errors.error_exit = fail;
  self->errors.emit_message = warn;
  self->orientation = 1;
  if (setjmp(self->failed) == 0) {
    begin(self, bytes, byte_count);
    const size_t width = self->jpeg.image_width, height = self->jpeg.image_height;
    if (width > spade_jpeg_max_side || height > spade_jpeg_max_side || width * height > spade_jpeg_max_pixel_count) {
      self->status = spade_jpeg_too_large;
    } else if (rgb) {
      self->jpeg.out_color_space = JCS_RGB;
      self->row = width * height * 3 == rgb_count ? malloc(width * 3) : NULL;
      if (!self->row) ERREXIT1(&self->jpeg, JERR_OUT_OF_MEMORY, 0);
      jpeg_start_decompress(&self->jpeg);
      read_rows(self, rgb);
      jpeg_finish_decompress(&self->jpeg);
    }
  }
  const spade_jpeg_result result = result_of(self);
  jpeg_destroy_decompress(&self->jpeg);
  free(self->row);
  free(self);
  return result;
}

int spade_jpeg_is_jpeg(const uint8_t *bytes, size_t byte_count) {
  return byte_count >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF;
}

spade_jpeg_result spade_jpeg_read_header(const uint8_t *bytes, size_t byte_count) { return decode(bytes, byte_count, NULL, 0); }

spade_jpeg_result spade_jpeg_read_rgb(const uint8_t *bytes, size_t byte_count, uint8_t *rgb, size_t rgb_count) {
  return decode(bytes, byte_count, rgb, rgb_count);
}
