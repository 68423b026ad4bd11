#ifndef FOVEA_PIXEL_KERNELS_H
#define FOVEA_PIXEL_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Inner loops over pixels, compiled for several generations of processors; the
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

#endif
