// Binary PGM and PPM files, which every program for pictures writes: "P5" or "P6", width, height and the largest value, then bytes.
#ifndef NETPBM_H
#define NETPBM_H

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  size_t width, height;
  // 1 of a PGM, 3 of a PPM.
  size_t channels;
  // height × width × channels, inside the file's bytes.
  const uint8_t *values;
} netpbm;

// The next number of a header, after spaces and comments; 0 where there is none, or one above `most`.
static size_t netpbm_number(const uint8_t **at, const uint8_t *end, size_t most) {
  while (*at < end && (isspace(**at) || **at == '#')) {
    if (*(*at)++ == '#') {
      while (*at < end && **at != '\n') (*at)++;
    }
  }
  size_t number = 0;
  for (; *at < end && isdigit(**at); (*at)++) {
    number = number * 10 + (size_t)(**at - '0');
    if (number > most) return 0;
  }
  return number;
}

// Finds the picture in a file's bytes. Returns 0 where they are no whole PGM or PPM of one byte a value, with sides up to 65535.
static int netpbm_read(netpbm *image, const uint8_t *bytes, size_t size) {
  const uint8_t *at = bytes + 2, *end = bytes + size;
  if (size < 2 || bytes[0] != 'P' || (bytes[1] != '5' && bytes[1] != '6')) return 0;
  image->channels = bytes[1] == '5' ? 1 : 3;
  image->width = netpbm_number(&at, end, 65535);
  image->height = netpbm_number(&at, end, 65535);
  // One space stands between the largest value and the bytes.
  if (netpbm_number(&at, end, 255) != 255 || at == end || !isspace(*at)) return 0;
  image->values = at + 1;
  const size_t count = image->width * image->height * image->channels;
  return count > 0 && (size_t)(end - image->values) >= count;
}

#endif
