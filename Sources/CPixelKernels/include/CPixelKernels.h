#ifndef FOVEA_PIXEL_KERNELS_H
#define FOVEA_PIXEL_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Inner loops over pixels and scores, compiled for several generations of processors; the
// one that runs is picked when the program starts. All give the same results:
// there is integer arithmetic that wraps, or floating-point arithmetic whose
// every operation is rounded by itself.

/// Weighted sums of byte vectors, rounded and clipped to bytes:
/// `out[i] = clip((2^21 + Σ weights[k] · first[k · step + i]) >> 22)`.
///
/// `out` overlaps no input. `count` may be 0.
void fovea_blend_bytes(
    const uint8_t *first, size_t step, const int32_t *weights, size_t count, uint8_t *out, size_t width);

/// `out[column · out_step + row] = in[row · in_step + column]`, for matrices
/// that do not overlap.
void fovea_transpose_bytes(
    const uint8_t *in, size_t in_step, size_t rows, size_t columns, uint8_t *out, size_t out_step);

/// Blends pairs of RGB pixels of a row: for each i,
/// `out[3 i + channel] = row[3 first[i] + channel] · first_weight[i]
/// + row[3 second[i] + channel] · second_weight[i]`.
///
/// `second` never decreases; no index is `row_width` or more.
void fovea_blend_pixel_pairs(
    const uint8_t *row, size_t row_width, const int32_t *first, const int32_t *second,
    const int32_t *first_weight, const int32_t *second_weight, size_t count, int32_t *out);

/// `out[i] = (((first_weight · (first[i] >> 4)) >> 16)
/// + ((second_weight · (second[i] >> 4)) >> 16) + 2) >> 2`: how OpenCV blends rows
/// of 11-bit sums.
void fovea_blend_sum_pair(
    const int32_t *first, const int32_t *second, int32_t first_weight, int32_t second_weight,
    size_t count, uint8_t *out);

/// One channel of RGB as numbers: `out[i] = pixels[3 i] / divisor · factor − offset`,
/// each operation rounded to float32.
void fovea_scale_channel(
    const uint8_t *pixels, size_t count, float divisor, float factor, float offset, float *out);

/// A row of a picture in perspective: `out[3 i + channel]` is the colour of the
/// picture at `((k0 x + k1 y + k2) / d, (k3 x + k4 y + k5) / d)` with
/// `x = i + 0.5` and `d = k6 x + k7 y + 1`, by cubic convolution with a = -1 in
/// double precision, cut off to a byte; black outside. Every operation is rounded
/// by itself.
///
/// `pixels` are RGB, without gaps; `width` and `height` are at least 1. `out`
/// does not overlap them.
void fovea_warp_row(
    const uint8_t *pixels, size_t width, size_t height, const double *k, double y, size_t count, uint8_t *out);

/// The index of the first of the greatest numbers; what is not a number is
/// never greater, and nothing is greater than it where it is the first. `count`
/// is at least 1.
size_t fovea_first_greatest(const float *values, size_t count);

#endif
