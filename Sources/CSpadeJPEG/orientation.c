// The Exif orientation: tag 0x0112 of the first directory of a TIFF inside segment APP1.
#include "orientation.h"

#include <string.h>

static uint32_t number(const uint8_t *bytes, size_t size, int is_big) {
  uint32_t value = 0;
  for (size_t index = 0; index < size; index++) value |= (uint32_t)bytes[index] << 8 * (is_big ? size - 1 - index : index);
  return value;
}

int spade_exif_orientation(const uint8_t *exif, size_t count) {
  enum { prefix = 6, entry_bytes = 12, orientation_tag = 0x0112 };
  if (count < prefix + 8 || memcmp(exif, "Exif\0\0", prefix) != 0) return 1;
  const uint8_t *tiff = exif + prefix;
  const size_t tiff_count = count - prefix;
  const int is_big = tiff[0] == 'M';
  const size_t directory = number(tiff + 4, 4, is_big);
  if (directory > tiff_count || tiff_count - directory < 2) return 1;
  const size_t entries = number(tiff + directory, 2, is_big);
  for (size_t index = 0; index < entries; index++) {
    const size_t at = directory + 2 + index * entry_bytes;
    if (at + entry_bytes > tiff_count) return 1;
    if (number(tiff + at, 2, is_big) != orientation_tag) continue;
    const uint32_t value = number(tiff + at + 8, 2, is_big);
    return value >= 1 && value <= 8 ? (int)value : 1;
  }
  return 1;
}
