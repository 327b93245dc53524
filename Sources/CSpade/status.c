#include "spade.h"

const char *spade_version(void) { return SPADE_VERSION; }

const char *spade_status_text(spade_status status) {
  switch (status) {
    case SPADE_OK: return "done";
    case SPADE_NULL_ARGUMENT: return "a pointer that must not be NULL is";
    case SPADE_NOT_OPEN: return "the model is not open: spade_open() has to succeed first";
    case SPADE_TOO_SHORT: return "the file is shorter than any model file; copy it again";
    case SPADE_BAD_MAGIC: return "the file is not a spade model file";
    case SPADE_UNSUPPORTED_VERSION: return "the model file is of another version; make it again";
    case SPADE_HEADER_CHECKSUM: return "the file's header is damaged; copy it again";
    case SPADE_FILE_SIZE: return "the file has not the size it states; copy it again";
    case SPADE_MISALIGNED_FILE: return "the file is not 64-byte aligned in memory; map it";
    case SPADE_SECTION_SIZE: return "the file is malformed: the size of a section";
    case SPADE_SECTION_CHECKSUM: return "a section of the file is damaged; copy it again";
    case SPADE_SECTION_TOO_SHORT: return "the file is malformed: a section is too short";
    case SPADE_BAD_CONFIGURATION: return "the file is malformed: its configuration";
    case SPADE_BAD_BUFFER: return "the file is malformed: a buffer";
    case SPADE_BAD_LEVEL: return "the file is malformed: a level";
    case SPADE_BAD_TABLE: return "the file is malformed: a table";
    case SPADE_BAD_PRODUCT: return "the file is malformed: a product";
    case SPADE_BAD_NORM: return "the file is malformed: a norm";
    case SPADE_BAD_STEP: return "the file is malformed: a step";
    case SPADE_BAD_WEIGHTS: return "the file is malformed: its weights";
    case SPADE_BAD_SCALE: return "the file is malformed: a scale";
    case SPADE_BAD_TEST: return "the file is malformed: its test case";
    case SPADE_BAD_METADATA: return "the file is malformed: its metadata";
    case SPADE_ARENA_TOO_SMALL: return "the arena is smaller than spade_arena_size() says";
    case SPADE_ARENA_MISALIGNED: return "the arena is not 64-byte aligned";
    case SPADE_BAD_THREAD_COUNT: return "the number of threads is not 1 to 64";
    case SPADE_THREADS_REFUSED: return "the system refuses to start so many threads";
    case SPADE_UNKNOWN_LABEL: return "a label is not below spade_label_count()";
    case SPADE_EDGES_MISSING: return "the network needs instance borders";
    case SPADE_EDGES_UNEXPECTED: return "the network reads no instance borders";
    case SPADE_STYLE_MISSING: return "the network needs a style";
    case SPADE_STYLE_NOT_FINITE: return "a value of the style is not finite";
    case SPADE_BAD_SIZE: return "an input has not the size the model states";
    case SPADE_ENCODER_MISSING: return "the network has no style encoder";
    case SPADE_NOT_A_STYLE: return "the bytes are not a saved style";
    case SPADE_STYLE_VERSION: return "the saved style is of another version; save it again";
    case SPADE_STYLE_DAMAGED: return "the saved style is damaged; copy it again";
    case SPADE_STYLE_LENGTH: return "the saved style has another length than the network's";
    case SPADE_BAD_SIDE: return "a side is not 1 to 16777216 pixels long";
    case SPADE_NO_COLORS: return "the network's classes have no colours";
    case SPADE_NO_DRAWING: return "most pixels are near no class's colour";
    case SPADE_TRANSPARENT: return "a pixel is transparent and the network has no label for unknown pixels";
  }
  return "not a status of this library";
}
