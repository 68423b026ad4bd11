#include "CPixelKernels.h"
#include "generations.h"

#include <string.h>

// Bits behind the point of a weight, as in Pillow.
enum { PRECISION = 22 };

typedef uint8_t bytes16 __attribute__((vector_size(16)));
// Sums wrap, which only numbers without a sign may do.
typedef uint32_t sums16 __attribute__((vector_size(64)));
typedef int32_t rounded16 __attribute__((vector_size(64)));

// Sums for 16 * `vectors` columns, which stay in registers throughout.
FOVEA_PART void blend_columns(
    const uint8_t *first, size_t step, const int32_t *weights, size_t count, uint8_t *out, int vectors) {
    sums16 sums[6];
    for (int v = 0; v < vectors; v++) sums[v] = (sums16){} + (1u << (PRECISION - 1));
    for (size_t k = 0; k < count; k++) {
        for (int v = 0; v < vectors; v++) {
            bytes16 bytes;
            memcpy(&bytes, first + k * step + v * 16, 16);
            sums[v] += __builtin_convertvector(bytes, sums16) * (uint32_t)weights[k];
        }
    }
    for (int v = 0; v < vectors; v++) {
        rounded16 rounded = (rounded16)sums[v] >> PRECISION;
        rounded = __builtin_elementwise_max(rounded, (rounded16){});
        rounded = __builtin_elementwise_min(rounded, (rounded16){} + 255);
        bytes16 bytes = __builtin_convertvector(rounded, bytes16);
        memcpy(out + v * 16, &bytes, 16);
    }
}

FOVEA_FOR_EACH_GENERATION
void fovea_blend_bytes(
    const uint8_t *first, size_t step, const int32_t *weights, size_t count, uint8_t *out, size_t width) {
    size_t i = 0;
    // 96 is what a transposed block has, see Swift's side.
    for (; i + 96 <= width; i += 96) blend_columns(first + i, step, weights, count, out + i, 6);
    for (; i + 16 <= width; i += 16) blend_columns(first + i, step, weights, count, out + i, 1);
    if (i == width) return;
    if (width >= 16) {
        // The last 16 again, most of which are there already.
        i = width - 16;
        blend_columns(first + i, step, weights, count, out + i, 1);
        return;
    }
    for (; i < width; i++) {
        uint32_t sum = 1u << (PRECISION - 1);
        for (size_t k = 0; k < count; k++) sum += (uint32_t)weights[k] * first[k * step + i];
        int32_t rounded = (int32_t)sum >> PRECISION;
        out[i] = (uint8_t)(rounded < 0 ? 0 : rounded > 255 ? 255 : rounded);
    }
}
