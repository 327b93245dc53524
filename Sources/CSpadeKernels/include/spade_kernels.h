// The inner loops of the runtime and the table that picks an instruction set.
//
// Every kernel of every set writes the bytes of its scalar version. Floating-point rules that make this so:
// IEEE float32, + − × ÷ only, no fused multiply-add, conversions round to nearest with ties to even.
//
// Common bounds, checked by the model loader and not again here: channel counts and depths are multiples of 16;
// scales are finite; pointers named `panel` and `affine` are 64-byte and 4-byte aligned; nothing overlaps.
#ifndef SPADE_KERNELS_H
#define SPADE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  /// Output channels of one weight panel.
  SPADE_PANEL_COLUMNS = 16,
  /// Input channels that lie side by side for one column.
  SPADE_PANEL_DEPTH = 4,
  /// Bytes before a panel's weights: 16 int32 biases for signed codes, then 16 for codes with `code_flip` 0x80, which
  /// hold −128 · Σ weights as well.
  SPADE_PANEL_HEADER = 128,
  /// Rows of one call of the product at most.
  SPADE_PRODUCT_ROWS = 64,
  /// Panels of one call of the product at most.
  SPADE_PRODUCT_PANELS = 4,
  /// Fine codes.
  SPADE_FINE_LEAST = -326,
  SPADE_FINE_MOST = 325,
  /// Codes of features reach from −SPADE_FEATURE_MOST to it: 256 · 127 + 127.
  SPADE_FEATURE_MOST = 32639,
  /// What a high is worth in fine codes and in those of features.
  SPADE_FINE_HIGH = 4,
  SPADE_FEATURE_HIGH = 256,
  /// Fraction bits of the label tables behind the hidden activations.
  SPADE_HIDDEN_FRACTION_BITS = 5,
};

/// What a micro-kernel of a product holds in registers: sums of so many rows and columns, to which it adds so many depths at a
/// time. A call with a multiple of its rows has no slower rest.
typedef struct {
  size_t rows, columns, depth;
} spade_register_block;

/// Rows gathered through offsets times weight panels.
///
/// acc[p][r][c] = bias[p][c] + Σ_t Σ_d code(base + offsets[t · offset_stride + r] + d) · weight[p][t][d][c]
///
/// A panel's weights are, for each tap, for each group of 4 depths, 16 columns of 4 int8.
typedef struct {
  /// Codes (int8, xor the set's `code_flip`); offsets count bytes from here.
  const int8_t *base;
  /// [tap_count][offset_stride]; the first `row_count` of each tap are used.
  const int32_t *offsets;
  size_t offset_stride;
  /// 1 … SPADE_PRODUCT_ROWS.
  size_t row_count;
  size_t tap_count;
  /// Bytes read at each offset; a multiple of 16.
  size_t depth;
  /// The first panel's weights, 64-byte aligned.
  const uint8_t *weights;
  /// [16] of the first panel: of its header the row for the codes' form. NULL starts from zero.
  const int32_t *bias;
  /// 1 … SPADE_PRODUCT_PANELS.
  size_t panel_count;
  /// Bytes from one panel to the next, weights and biases alike.
  size_t panel_stride;
  /// [panel_count][accumulator_stride], of which the first [row_count][16] are written.
  int32_t *accumulators;
  /// In elements; at least row_count · 16, and a multiple of 16.
  size_t accumulator_stride;
} spade_product;

/// Rows of a table of accumulators added up: a gather product over windows of a plane whose taps were multiplied beforehand.
///
/// acc[r][c] = bias[c] + Σ_t table[t][row_t][c], modulo 2^32
///
/// with row_t = 1 + numbers[y][x] of the pixel under tap t of the window around positions[r], or 0 where that lies outside.
typedef struct {
  /// [kernel_size²][table_row_count][16].
  const int32_t *table;
  /// At least 1 + the largest number.
  size_t table_row_count;
  /// [height][width].
  const uint16_t *numbers;
  size_t width;
  size_t height;
  /// Odd, 1 … 7.
  size_t kernel_size;
  /// [row_count][2]: y, then x of the windows' middles, inside the plane.
  const uint16_t *positions;
  size_t row_count;
  /// [16].
  const int32_t *bias;
  /// [row_count][16].
  int32_t *accumulators;
} spade_tap_sum;

/// One panel of accumulators to int16 codes, with or without a residual.
///
/// out[out_offsets[r] + c] = saturate(round(acc[r][c] · scale[c] + residual[residual_offsets[r] + c] · residual_scale))
///
/// Saturates to −32767 … 32767. The sum is formed in float32 from left to right.
typedef struct {
  /// [row_count][16].
  const int32_t *accumulators;
  size_t row_count;
  /// [16], 0 … 0.5.
  const float *scale;
  /// NULL for none. May be `out` itself, with the same offsets.
  const int16_t *residual;
  /// [row_count], in elements.
  const int32_t *residual_offsets;
  /// 0 … 16384.
  float residual_scale;
  int16_t *out;
  /// [row_count], in elements.
  const int32_t *out_offsets;
} spade_requantize;

/// Sums over codes of two bytes.
///
/// Fine codes are −326 … 325 = 4 · high + low, with low in 0 … 3; codes of features are −32639 … 32639 = 256 · high + low, with low in
/// −128 … 127. A pixel has its channels' highs, then their lows. Products multiply them like twice as many rows, highs first, and `join`
/// adds up.
///
/// acc[r][c] = high · (acc[r][c] − bias[c]) + acc[row_count + r][c], modulo 2^32
typedef struct {
  /// [2 · row_count][16], the first half changes.
  int32_t *accumulators;
  size_t row_count;
  /// [16], the panel's for signed codes.
  const int32_t *bias;
  /// What a high is worth.
  uint32_t high;
} spade_join;

/// One row of pixels through a SPADE layer's affine, a leaky relu and the next convolution's quantisation.
///
/// t = float(x · A + bias_factor · B) · scale;  v = max(t, t · slope);  code = saturate(round(v + zero_point))
///
/// with A, B of the pixel's window and x the low-resolution pixel at column >> x_shift.
typedef struct {
  /// Codes of the source row, [(width + x_shift) >> x_shift][channels].
  const int16_t *x;
  /// 1 reads every source pixel twice, 0 once.
  unsigned x_shift;
  size_t width;
  size_t channels;
  /// [width]; NULL uses window 0 everywhere.
  const uint16_t *windows;
  /// [window][channels][2]: A, then B. Neither is −32768.
  const int16_t *affine;
  int16_t bias_factor;
  /// [channels], 0 … 0.5.
  const float *scale;
  /// [channels], integers in −128 … 127, for fine codes −326 … 325.
  const float *zero_point;
  /// 0 … 1; 1 for no activation.
  float slope;
  /// 1 makes fine codes.
  unsigned is_fine;
  /// [width][channels], for fine codes [width][2][channels].
  int8_t *out;
} spade_modulate;

/// A sum of rows of an int16 table: a convolution of a one-hot map.
///
/// sum[c] = bias[c] + Σ_i table[offsets[i] + c], modulo 2^16
typedef struct {
  const int16_t *table;
  /// [count], in elements.
  const int32_t *offsets;
  size_t count;
  /// [channels].
  const int16_t *bias;
  size_t channels;
} spade_table_sum;

/// The depthwise convolutions of one window: each channel of hidden activations with taps of its own, once for γ and once for β.
///
/// features[f] = Σ_t (code(base + offsets[t · offset_stride] + f mod channels) + 128) · weights[t][f]
typedef struct {
  /// Codes (int8, xor the set's `code_flip`) that stand for 0 … 255; offsets count bytes from here.
  const int8_t *base;
  const int32_t *offsets;
  size_t offset_stride;
  size_t tap_count;
  /// Hidden channels, a multiple of 16; there are twice as many features, those of γ first.
  size_t channels;
  /// [tap_count][2 · channels]; Σ_t |weights[t][f]| is at most SPADE_DEPTHWISE_WEIGHT_SUM.
  const int16_t *weights;
  /// [2 · channels].
  int32_t *sums;
} spade_depthwise;

enum {
  /// With |feature| ≤ 255 times as much, the sum of the squares of 2^24 features is below 2^63.
  SPADE_DEPTHWISE_WEIGHT_SUM = 2907,
};

/// Features, normalised over their map, to codes of two bytes.
///
/// code = saturate(round(float(features[f] − center[f]) · factor[f] + term[f])), −SPADE_FEATURE_MOST … SPADE_FEATURE_MOST
typedef struct {
  /// [count], a multiple of 16, and so are the others; a difference of features fits in int32.
  const int32_t *features;
  size_t count;
  const int32_t *center;
  /// Finite.
  const float *factor;
  const float *term;
  /// [2][count]: highs, then lows, xor the set's `code_flip`.
  int8_t *out;
} spade_feature_codes;

/// 3×3 convolutions by Winograd's F(4×4, 3×3): 36 products for 16 pixels instead of 144, and still exact.
///
/// A tile is 4×4 pixels of the output, y = Aᵀ [(G w Gᵀ) ⊙ (Bᵀ x B)] A. The fractions of G move into A, so that transformed
/// weights and codes are integers of 14 and 15 bits, and A is multiplied by 24: sums are modulo 2^32, 576 · y = 9 · 2^6 · y is
/// divided by 9 with its inverse modulo 2^32 and by 2^6 with a shift. That is right where |y| < 2^25 for the sum over
/// SPADE_WINOGRAD_DEPTH channels: always with codes of 8 bits, and with fine codes where Σ |weight| of a column's channels is at
/// most SPADE_WINOGRAD_FINE_WEIGHT_SUM.
///
/// Four kernels make a convolution: `input` once a tile; for each panel and up to SPADE_WINOGRAD_DEPTH channels at a time
/// `weights`, then for up to SPADE_WINOGRAD_TILES tiles `product` for each of the 36 points and `output`.
enum {
  /// Pixels of a tile's side, of its neighbourhood's side, and points of its transform.
  SPADE_WINOGRAD_SIDE = 4,
  SPADE_WINOGRAD_PIXELS = 16,
  SPADE_WINOGRAD_POINTS = 36,
  /// Channels of one call of `weights` at most.
  SPADE_WINOGRAD_DEPTH = 128,
  /// Tiles of one call of `output` at most.
  SPADE_WINOGRAD_TILES = 32,
  SPADE_WINOGRAD_FINE_WEIGHT_SUM = 102927,
};

/// Codes of 6×6 pixels to 36 points: Bᵀ x B.
typedef struct {
  /// Codes (int8, xor the set's `code_flip`); offsets count bytes from here.
  const int8_t *base;
  /// [36] pixels of a tile's neighbourhood, row-major.
  const int32_t *offsets;
  /// Channels, a multiple of 16.
  size_t depth;
  /// Bytes from a fine code's high to its low; 0 for codes of 8 bits.
  size_t low;
  /// Point p goes to out + p · point_stride, [depth].
  int16_t *out;
  size_t point_stride;
} spade_winograd_input;

/// Asks for `byte_count` bytes to be brought near, while something else is computed.
static inline void spade_prefetch(const void *bytes, size_t byte_count) {
  for (size_t at = 0; at < byte_count; at += 64) __builtin_prefetch((const char *)bytes + at, 0, 2);
}

/// Whether two pixels have the same codes.
static inline int spade_is_same(const int8_t *a, const int8_t *b, size_t byte_count) {
  // Blocks of 16 bytes, as channels come in.
  for (size_t at = 0; at < byte_count; at += 16) {
    uint64_t left[2], right[2];
    __builtin_memcpy(left, a + at, sizeof left);
    __builtin_memcpy(right, b + at, sizeof right);
    if ((left[0] ^ right[0]) | (left[1] ^ right[1])) return 0;
  }
  return 1;
}

/// A panel's weights to 36 points: G w Gᵀ without G's fractions.
typedef struct {
  /// The panel's weights at the first of `depth` channels.
  const int8_t *weights;
  /// Bytes from one tap's weights to the next.
  size_t tap_stride;
  /// Channels; a multiple of 16 up to SPADE_WINOGRAD_DEPTH.
  size_t depth;
  /// Point p goes to out + p · point_stride, [depth / 4][16][4], 64-byte aligned.
  int16_t *out;
  size_t point_stride;
} spade_winograd_weights;

/// sums[t][c] = Σ_d codes[t · depth_stride + d] · weights[d][c], modulo 2^32
typedef struct {
  const int16_t *codes;
  size_t depth_stride;
  /// 1 … SPADE_WINOGRAD_TILES.
  size_t tile_count;
  size_t depth;
  /// [depth / 4][16][4].
  const int16_t *weights;
  /// [tile_count][16].
  int32_t *sums;
} spade_winograd_product;

/// Adds Aᵀ m A of each tile, divided by the scale of A, to its pixels.
typedef struct {
  /// [36][tile_count][16].
  const int32_t *sums;
  size_t tile_count;
  /// [tile_count][16 pixels][16].
  int32_t *pixels;
} spade_winograd_output;

typedef struct {
  /// Of `product`; a row is a tile.
  spade_register_block block;
  /// Rows of the direct product, nine taps each, that take as long as a tile: see README.md.
  double rows_per_tile;
  void (*product)(const spade_winograd_product *);
  void (*input)(const spade_winograd_input *);
  void (*weights)(const spade_winograd_weights *);
  void (*output)(const spade_winograd_output *);
} spade_winograd_kernels;

/// CPU features a kernel set may need, as a bit set.
enum {
  SPADE_CPU_SSE41 = 1 << 0,
  SPADE_CPU_AVX2 = 1 << 1,
  SPADE_CPU_AVX512_VNNI = 1 << 2,
  SPADE_CPU_AVX_VNNI = 1 << 3,
  SPADE_CPU_NEON = 1 << 8,
  SPADE_CPU_DOTPROD = 1 << 9,
  SPADE_CPU_I8MM = 1 << 10,
};

/// The kernels of one instruction set.
typedef struct {
  const char *name;
  /// The SPADE_CPU_… features that it needs.
  uint32_t features;
  /// What int8 codes are xored with in memory: 0x80 where the product wants unsigned rows, else 0.
  uint8_t code_flip;
  /// Of `product`.
  spade_register_block block;
  void (*product)(const spade_product *);
  /// NULL where `product` is as fast.
  const spade_winograd_kernels *winograd;
  void (*tap_sum)(const spade_tap_sum *);
  void (*join)(const spade_join *);
  void (*requantize)(const spade_requantize *);
  void (*modulate)(const spade_modulate *);
  /// out[c] = sum[c].
  void (*table_sum)(const spade_table_sum *, int16_t *out);
  /// out[c] = clamp((sum[c] + 16) >> 5, 0, 255) − 128, the int8 code of a hidden activation.
  void (*table_sum_relu)(const spade_table_sum *, int8_t *out);
  /// acc · scale of three channels → tanh → 8-bit colour: truncate((tanh(v) + 1) / 2 · 255).
  ///
  /// tanh is Lambert's continued fraction cut after x^7 / x^6, within 0.02 colour steps of exact.
  /// - accumulators: [row_count][16], the first three columns are used.
  /// - scale: [3], 0 … 0.5.
  /// - out: [row_count][3].
  void (*picture)(const int32_t *accumulators, size_t row_count, const float *scale, uint8_t *out);
  /// Adds Σ x and Σ x² over `count` pixels, `stride` codes apart, of `channels` codes each to `sums` and `squares`.
  void (*channel_sums)(const int16_t *x, size_t count, size_t stride, size_t channels, int64_t *sums, int64_t *squares);
  /// out = saturate(round(x · factor + term)) for `count` pixels, `stride` codes apart; saturates to −32767 … 32767.
  void (*normalize)(const int16_t *x, size_t count, size_t stride, size_t channels, const float *factor,
                    const float *term, int16_t *out);
  void (*depthwise)(const spade_depthwise *);
  /// Adds `weight` times each of `count` features, and of their squares, to `sums` and `squares`.
  void (*feature_moments)(const int32_t *features, size_t count, uint32_t weight, int64_t *sums, int64_t *squares);
  void (*feature_codes)(const spade_feature_codes *);
} spade_kernel_set;

/// Kernel sets compiled for this architecture, slowest first; set 0 is scalar.
size_t spade_kernel_set_count(void);
const spade_kernel_set *spade_kernel_set_at(size_t index);

/// What makes the sums of a column of weights depend on the instruction set.
typedef enum {
  SPADE_PANEL_GOOD,
  /// A weight of −128.
  SPADE_PANEL_WEIGHT,
  /// Σ |weight| of a chunk of channels above the limit.
  SPADE_PANEL_WEIGHT_SUM,
  /// The bias for unsigned codes is not bias − 128 · Σ weight, modulo 2^32.
  SPADE_PANEL_UNSIGNED_BIAS,
} spade_panel_rule;

typedef struct {
  spade_panel_rule rule;
  /// The first column that breaks a rule.
  size_t column;
} spade_panel_fault;

/// Reads all of some panels once.
/// - panels: as in a model file, 4-byte aligned: two rows of 16 biases, then weights.
/// - depth: a multiple of 4; tap_count · depth is at most 2^22.
/// - weight_sum_limit: what Σ |weight| of a column may be, over all taps of SPADE_WINOGRAD_DEPTH channels; UINT32_MAX for anything.
spade_panel_fault spade_check_panels(const void *panels, size_t panel_count, size_t tap_count, size_t depth,
                                     uint32_t weight_sum_limit);

#ifdef __cplusplus
}
#endif
#endif
