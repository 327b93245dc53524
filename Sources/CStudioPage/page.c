#include "studio_page.h"

// The assembler finds `page` among the target's header folders.
#define FILE_OF_PAGE(symbol, name)                                                                              \
  __asm__(".pushsection .rodata\n.balign 16\n" #symbol ":\n.incbin \"" name "\"\n" #symbol "_end:\n.byte 0\n"   \
          ".popsection\n");                                                                                     \
  __attribute__((visibility("hidden"))) extern const uint8_t symbol[];                                          \
  __attribute__((visibility("hidden"))) extern const uint8_t symbol##_end[];

#define FILES(file)                                          \
  file(page_index, "index.html", "/", "text/html; charset=utf-8")      \
  file(page_style, "style.css", "/style.css", "text/css; charset=utf-8") \
  file(page_icon, "icon.svg", "/icon.svg", "image/svg+xml")  \
  file(page_api, "api.js", "/api.js", SCRIPT)                   \
  file(page_beginning, "beginning.js", "/beginning.js", SCRIPT) \
  file(page_drawing, "drawing.js", "/drawing.js", SCRIPT)       \
  file(page_element, "element.js", "/element.js", SCRIPT)       \
  file(page_enlarge, "enlarge.js", "/enlarge.js", SCRIPT)       \
  file(page_files, "files.js", "/files.js", SCRIPT)             \
  file(page_film, "film.js", "/film.js", SCRIPT)                \
  file(page_fit, "fit.js", "/fit.js", SCRIPT)                   \
  file(page_formats, "formats.js", "/formats.js", SCRIPT)       \
  file(page_gallery, "gallery.js", "/gallery.js", SCRIPT)       \
  file(page_gradients, "gradients.js", "/gradients.js", SCRIPT) \
  file(page_groups, "groups.js", "/groups.js", SCRIPT)          \
  file(page_hand, "hand.js", "/hand.js", SCRIPT)                \
  file(page_history, "history.js", "/history.js", SCRIPT)       \
  file(page_incoming, "incoming.js", "/incoming.js", SCRIPT)    \
  file(page_jpeg, "jpeg.js", "/jpeg.js", SCRIPT)                \
  file(page_keys, "keys.js", "/keys.js", SCRIPT)                \
  file(page_layouts, "layouts.js", "/layouts.js", SCRIPT)       \
  file(page_live, "live.js", "/live.js", SCRIPT)                \
  file(page_main, "main.js", "/main.js", SCRIPT)                \
  file(page_map, "map.js", "/map.js", SCRIPT)                   \
  file(page_mix, "mix.js", "/mix.js", SCRIPT)                   \
  file(page_morph, "morph.js", "/morph.js", SCRIPT)             \
  file(page_notes, "notes.js", "/notes.js", SCRIPT)             \
  file(page_opening, "opening.js", "/opening.js", SCRIPT)       \
  file(page_pairs, "pairs.js", "/pairs.js", SCRIPT)             \
  file(page_palette, "palette.js", "/palette.js", SCRIPT)       \
  file(page_photo, "photo.js", "/photo.js", SCRIPT)             \
  file(page_picture, "picture.js", "/picture.js", SCRIPT)       \
  file(page_pixels, "pixels.js", "/pixels.js", SCRIPT)          \
  file(page_png, "png.js", "/png.js", SCRIPT)                   \
  file(page_pointers, "pointers.js", "/pointers.js", SCRIPT)    \
  file(page_previews, "previews.js", "/previews.js", SCRIPT)    \
  file(page_profile, "profile.js", "/profile.js", SCRIPT)       \
  file(page_question, "question.js", "/question.js", SCRIPT)    \
  file(page_replay, "replay.js", "/replay.js", SCRIPT)          \
  file(page_saving, "saving.js", "/saving.js", SCRIPT)          \
  file(page_seed, "seed.js", "/seed.js", SCRIPT)                \
  file(page_shapes, "shapes.js", "/shapes.js", SCRIPT)          \
  file(page_snapper, "snapper.js", "/snapper.js", SCRIPT)       \
  file(page_stage, "stage.js", "/stage.js", SCRIPT)             \
  file(page_status, "status.js", "/status.js", SCRIPT)          \
  file(page_store, "store.js", "/store.js", SCRIPT)             \
  file(page_stylelist, "stylelist.js", "/stylelist.js", SCRIPT) \
  file(page_styles, "styles.js", "/styles.js", SCRIPT)          \
  file(page_token, "token.js", "/token.js", SCRIPT)             \
  file(page_toolbar, "toolbar.js", "/toolbar.js", SCRIPT)       \
  file(page_tools, "tools.js", "/tools.js", SCRIPT)             \
  file(page_view, "view.js", "/view.js", SCRIPT)                \
  file(page_work, "work.js", "/work.js", SCRIPT)                \
  file(page_zip, "zip.js", "/zip.js", SCRIPT)

#define SCRIPT "text/javascript; charset=utf-8"
#define EMBED(symbol, name, path, type) FILE_OF_PAGE(symbol, name)
FILES(EMBED)

size_t spade_page_file_count(void) {
#define ONE(symbol, name, path, type) +1
  return 0 FILES(ONE);
}

spade_page_file spade_page_file_at(size_t index) {
#define ENTRY(symbol, name, path, type) {path, type, symbol, 0},
  static const spade_page_file files[] = {FILES(ENTRY)};
#define END(symbol, name, path, type) symbol##_end,
  static const uint8_t *const ends[] = {FILES(END)};
  spade_page_file file = files[index];
  file.byte_count = (size_t)(ends[index] - file.bytes);
  return file;
}
