// Spade for C: paints pictures from label maps with a model file that `spade quantize` made.
//
// Nothing here takes memory but the threads' stacks, which the C library makes in spade_start(): the file and the arena are the caller's. C99 or
// later, or C++; what gives an aligned arena is aligned_alloc() from C11 on, posix_memalign() before.
//
// Link libspade.so or libspade.a, -lm and -lpthread; `pkg-config --cflags --libs spade` says it, with --static for the
// archive. A program may be linked with -static, -static-pie or neither, and may take the archive whole (-Wl,--whole-archive). The archive
// goes with glibc and with musl, libspade.so with glibc 2.34 or later.
//
//   spade_model model;
//   spade_runtime *runtime;
//   spade_status status = spade_open(&model, bytes, byte_count);
//   if (status != SPADE_OK) return fail(spade_status_text(status));
//   size_t arena_size = spade_arena_size(&model, 4);
//   void *arena = aligned_alloc(64, arena_size);
//   if (!arena) return fail("no memory");
//   status = spade_start(&runtime, &model, arena, arena_size, 4);
//   if (status != SPADE_OK) return fail(spade_status_text(status));
//   float *style = malloc(spade_style_count(&model) * sizeof *style);
//   spade_seed_style(&model, 7, style);
//   status = spade_paint(runtime, labels, NULL, style, rgb);  // edges in place of NULL where spade_has_edges() is 1
//   if (status != SPADE_OK) puts(spade_status_text(status));
//   spade_stop(runtime);
//   free(style);
//   free(arena);
//
// Threads: any thread may call, and several at once, but for one runtime only one. A model is never written after spade_open(), so
// that any number of runtimes may have one at the same time, each with an arena of its own. SPADE_STACK_SIZE says what stack a
// calling thread needs. The threads that spade_start() makes have stacks of 256 KiB from the C library, and the scheduling and the cores
// (pthread_setaffinity_np()) of its caller. Between pictures they sleep; before they do, each looks for work for a few hundred
// microseconds, as the caller of spade_paint() looks for the others' end.
//
// Signals: those threads block all but SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGABRT, SIGSYS and SIGPROF, so that a program's
// handlers run on its own threads. No function may be called in a handler but spade_version() and spade_status_text().
//
// fork(): the child has the memory, but not the threads. It calls nothing, spade_stop() included, for a runtime of the parent's; one that
// it starts itself, in an arena of its own, is good, and so is the model. Where it only calls exec(), nothing is to be done.
//
// Versions: a program that was built with an older spade.h runs with a newer libspade.so.0. Functions, the numbers of statuses, the size of
// spade_model and the constants stay; functions and statuses may be added, so that a program may meet statuses that it does not know.
// What breaks this is called libspade.so.1. Bytes of arenas, pictures and the versions of model files are the release's: ask
// spade_arena_size() each time.
#ifndef SPADE_H
#define SPADE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The version of the project, as a text and as numbers for #if, and of the library that a program found at run time.
#define SPADE_VERSION "0.2.0"
#define SPADE_VERSION_MAJOR 0
#define SPADE_VERSION_MINOR 2
#define SPADE_VERSION_PATCH 0
const char *spade_version(void);

// Bytes of stack with which a thread can call every function here: what calls take at most, spade_open() the most of them, what the C
// library keeps there for a thread, and a reserve. What the program itself has on the thread's stack goes on top. For
// pthread_attr_setstacksize() it is too little where sysconf(_SC_THREAD_STACK_MIN) is more, as glibc's 128 KiB for 64-bit ARM.
enum { SPADE_STACK_SIZE = 48 * 1024 };

// What a call came to. Every rule of the model file has a number; FORMAT.md says what the rules are.
typedef enum {
  SPADE_OK = 0,
  SPADE_NULL_ARGUMENT = 1,
  SPADE_NOT_OPEN,

  // spade_open()
  SPADE_TOO_SHORT = 16,
  SPADE_BAD_MAGIC,
  SPADE_UNSUPPORTED_VERSION,
  SPADE_HEADER_CHECKSUM,
  SPADE_FILE_SIZE,
  SPADE_MISALIGNED_FILE,
  SPADE_SECTION_SIZE,
  SPADE_SECTION_CHECKSUM,
  SPADE_SECTION_TOO_SHORT,
  SPADE_BAD_CONFIGURATION,
  SPADE_BAD_BUFFER,
  SPADE_BAD_LEVEL,
  SPADE_BAD_TABLE,
  SPADE_BAD_PRODUCT,
  SPADE_BAD_NORM,
  SPADE_BAD_STEP,
  SPADE_BAD_WEIGHTS,
  SPADE_BAD_SCALE,
  SPADE_BAD_TEST,
  SPADE_BAD_METADATA,

  // spade_start()
  SPADE_ARENA_TOO_SMALL = 64,
  SPADE_ARENA_MISALIGNED,
  SPADE_BAD_THREAD_COUNT,
  SPADE_THREADS_REFUSED,

  // spade_paint()
  SPADE_UNKNOWN_LABEL = 80,
  SPADE_EDGES_MISSING,
  SPADE_EDGES_UNEXPECTED,
  SPADE_STYLE_MISSING,
  SPADE_STYLE_NOT_FINITE,
  SPADE_BAD_SIZE,

  // spade_encode()
  SPADE_ENCODER_MISSING,

  // spade_read_style(), spade_write_style()
  SPADE_NOT_A_STYLE = 96,
  SPADE_STYLE_VERSION,
  SPADE_STYLE_DAMAGED,
  SPADE_STYLE_LENGTH,

  // spade_stretch_photo(), spade_read_drawing(), spade_fit_labels()
  SPADE_BAD_SIDE = 112,
  SPADE_NO_COLORS,
  SPADE_NO_DRAWING,
  SPADE_TRANSPARENT
} spade_status;

// What a status means, in a few words.
const char *spade_status_text(spade_status status);

// A checked model file. The content is private; the bytes it was opened over must outlive it, and the runtimes over it.
//
// Nobody may change the bytes from spade_open() until the last spade_stop(): they were checked once and are trusted
// since. That holds for a mapped file too, whether the mapping is shared or private: writing over the file, or making it
// shorter, changes what a frame reads or ends the program (SIGBUS). So replace a model by writing a new file beside it and
// renaming that; a mapping keeps the file that was there. Whoever cannot promise this reads the file into memory of its own.
//
// Where spade_open() failed, or was never called, there is no model: the functions say 0 of it, or SPADE_NOT_OPEN.
typedef struct {
  uint64_t content[32];
} spade_model;

// A model in an arena, with its threads.
typedef struct spade_runtime spade_runtime;

// Checks a whole model file in memory, 64-byte aligned as mmap() gives it. Takes as long as reading it once.
spade_status spade_open(spade_model *model, const void *bytes, size_t byte_count);

// These say 0 for NULL, and for a model that is not open.
//
// Of the picture and the label map, in pixels.
size_t spade_width(const spade_model *model);
size_t spade_height(const spade_model *model);
// Bytes of a picture: width × height × 3.
size_t spade_picture_size(const spade_model *model);
// Ids of a label map are below this.
size_t spade_label_count(const spade_model *model);
// The id for unknown pixels, or -1 where the network has none, for NULL, and for a model that is not open.
int32_t spade_unknown_label(const spade_model *model);
// Whether spade_paint() needs instance borders: 0 or 1.
int spade_has_edges(const spade_model *model);
// Length of the style; 0 for a network without one.
size_t spade_style_count(const spade_model *model);
// Whether spade_encode() can make a style of a photo: 0 or 1.
int spade_has_encoder(const spade_model *model);

// Classes that the file names: those of the ids from 0 on; 0 where it names none.
size_t spade_class_count(const spade_model *model);
// Copies the name of class `label`, UTF-8, as snprintf() would: at most `name_size` bytes with the zero at the end, nothing where
// that is 0. Returns the bytes of the whole name without the zero; 0 where the file names no such class.
size_t spade_class_name(const spade_model *model, size_t label, char *name, size_t name_size);
// The colour of class `label`, as 0xRRGGBB; -1 where the file has none.
int32_t spade_class_color(const spade_model *model, size_t label);

// The longest side of a photo, a drawing or a map that the next functions read, in pixels.
enum { SPADE_MAX_SIDE = 1 << 24 };

// Reads a drawing, as the programs do: gives every pixel the id of a class by its colour. A colour that differs by eight levels a
// channel at most takes the nearest class. Any other is taken for one of a smoothed edge: it takes the nearest of the classes whose
// colours are in the 5 × 5 pixels around it, and where there is none, the nearest of all. In a soft edge or gradient between two classes it takes the
// nearer one also where the colour is near a third class's, as blends of two colours may be, and where another object hides the other
// class but elsewhere the drawing has blends of both.
// - colors: spade_class_color() of each of the spade_class_count() classes.
// - rgba: width × height × 4 bytes: red, green, blue, alpha, row by row. Alpha 0 is spade_unknown_label(), any other counts as opaque.
//   Where the network has no such label, pixels of alpha 0 get id 0 and the result is SPADE_TRANSPARENT: all other ids are good, and
//   whoever knows better writes an id of their own where alpha is 0.
// - ids: width × height ids, written whatever the result is; spade_fit_labels() brings them to the network's size.
// - strange: as many bytes, written as the ids are: 1 where no class has a colour so near, 0 elsewhere; or NULL. Where more than
//   half of the pixels are so, and the mean of the 5 × 5 around them is no class's colour either, the picture is no drawing but
//   a photo: SPADE_NO_DRAWING.
// SPADE_BAD_SIDE, SPADE_NO_COLORS and SPADE_NULL_ARGUMENT write nothing.
spade_status spade_read_drawing(const spade_model *model, const int32_t *colors, const uint8_t *rgba, size_t width,
                                size_t height, uint16_t *ids, uint8_t *strange);

// Stretches a label map to the network's size, as the programs do: each pixel is one of the map's, the nearest.
// - ids: width × height ids, row by row, which are not looked at.
// - labels: spade_width() × spade_height() ids for spade_paint(), in other memory.
spade_status spade_fit_labels(const spade_model *model, const uint16_t *ids, size_t width, size_t height,
                              uint16_t *labels);

// Makes the style of a seed, the same everywhere: that of `--seed`.
// - style: spade_style_count() values.
spade_status spade_seed_style(const spade_model *model, uint64_t seed, float *style);

// Bytes of a saved style, as `--save-style` writes them to a file; 0 for a network without a style.
size_t spade_saved_style_size(const spade_model *model);
// Reads a saved style.
// - bytes: the file's, of any alignment.
// - style: spade_style_count() values. Unchanged unless the result is SPADE_OK.
spade_status spade_read_style(const spade_model *model, const void *bytes, size_t byte_count, float *style);
// Makes a saved style.
// - style: spade_style_count() finite values.
// - bytes: spade_saved_style_size() bytes. Unchanged unless the result is SPADE_OK.
spade_status spade_write_style(const spade_model *model, const float *style, void *bytes);

// Bytes of the arena with so many threads, 1 to 64, a multiple of 64 as aligned_alloc() wants it; 0 for another number, for NULL, and
// for a model that is not open. `spade inspect` and `spade-run doctor` print the same.
size_t spade_arena_size(const spade_model *model, size_t thread_count);

// Sets a runtime up in the arena and starts `thread_count` − 1 threads; the caller of spade_paint() is the last one.
// - arena: spade_arena_size() bytes, 64-byte aligned, for the runtime alone until spade_stop(). What they hold does
//   not matter.
// - runtime: set when the result is SPADE_OK.
spade_status spade_start(spade_runtime **runtime, const spade_model *model, void *arena, size_t arena_size,
                         size_t thread_count);

// The name of the instruction set in use: `neon`, `neondot`, `avx2`, …; NULL for NULL.
const char *spade_kernels(const spade_runtime *runtime);

// Paints a picture. One call at a time for a runtime.
//
// Where the labels and edges are those of the call before, the picture takes less time if the model's plan keeps what depends on
// them alone (`spade inspect` says so): several styles of one map are best painted one after the other. What is painted is the
// same.
//
// - labels: width × height ids, row by row.
// - edges: as many bytes, 1 where an instance border runs and 0 elsewhere; NULL where spade_has_edges() is 0.
// - style: spade_style_count() finite values; NULL where that is 0.
// - rgb: spade_picture_size() bytes: red, green, blue, row by row. Unchanged unless the result is SPADE_OK.
//
// SPADE_UNKNOWN_LABEL is of the first label that is not below spade_label_count(), SPADE_STYLE_NOT_FINITE of the first value for which
// isfinite() is 0: a loop over labels, or style, finds the place.
spade_status spade_paint(spade_runtime *runtime, const uint16_t *labels, const uint8_t *edges, const float *style,
                         uint8_t *rgb);

// Side of the square photo that spade_encode() reads, in pixels.
enum { SPADE_PHOTO_SIDE = 256 };

// Stretches a photo to what spade_encode() reads, as the programs do: each axis is interpolated between the two nearest pixels. A
// photo of that size keeps its bytes. A photo that lies on its side by its EXIF orientation is the caller's to turn before.
// - rgb: width × height × 3 bytes: red, green, blue, row by row; sides of 1 to SPADE_MAX_SIDE.
// - photo: SPADE_PHOTO_SIDE × SPADE_PHOTO_SIDE × 3 bytes, in other memory. Unchanged unless the result is SPADE_OK.
spade_status spade_stretch_photo(const uint8_t *rgb, size_t width, size_t height, uint8_t *photo);

// Makes the style of a photo, for spade_paint(). One call at a time for a runtime, painting included.
// - rgb: SPADE_PHOTO_SIDE × SPADE_PHOTO_SIDE × 3 bytes: red, green, blue, row by row, as spade_stretch_photo() makes them.
// - style: spade_style_count() values. Unchanged unless the result is SPADE_OK.
spade_status spade_encode(spade_runtime *runtime, const uint8_t *rgb, float *style);

// Ends the threads. The arena is the caller's again.
void spade_stop(spade_runtime *runtime);

#ifdef __cplusplus
}
#endif

#endif
