#ifndef SPADE_JPEG_ORIENTATION_H
#define SPADE_JPEG_ORIENTATION_H

#include <stddef.h>
#include <stdint.h>

// The orientation 1 … 8 in the content of a segment APP1; 1, upright, where it has none.
int spade_exif_orientation(const uint8_t *exif, size_t count);

#endif
