#include <stdlib.h>
#include <zlib.h>

#include "studio_page.h"

uint8_t *spade_page_compress(spade_page_file file, size_t *byte_count) {
  enum { gzip_window = 15 + 16, memory_level = 8 };
  z_stream stream = {0};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY) != Z_OK) return NULL;
  const uLong bound = deflateBound(&stream, (uLong)file.byte_count);
  uint8_t *bytes = malloc(bound);
  stream.next_in = (Bytef *)file.bytes;
  stream.avail_in = (uInt)file.byte_count;
  stream.next_out = bytes;
  stream.avail_out = (uInt)bound;
  const int status = bytes ? deflate(&stream, Z_FINISH) : Z_MEM_ERROR;
  *byte_count = stream.total_out;
  deflateEnd(&stream);
  if (status == Z_STREAM_END) return bytes;
  free(bytes);
  return NULL;
}
