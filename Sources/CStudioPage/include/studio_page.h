// The files of the page, inside the program.
#ifndef SPADE_STUDIO_PAGE_H
#define SPADE_STUDIO_PAGE_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *path;  // as a request names it: "/" for index.html
  const char *content_type;
  const uint8_t *bytes;
  size_t byte_count;
} spade_page_file;

size_t spade_page_file_count(void);

spade_page_file spade_page_file_at(size_t index);

// The file's bytes in gzip's form, or NULL without memory; to be given to free(), which no program does.
uint8_t *spade_page_compress(spade_page_file file, size_t *byte_count);

#endif
