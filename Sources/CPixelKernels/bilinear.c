#include "CPixelKernels.h"
#include "generations.h"

#include <string.h>

typedef uint8_t bytes4 __attribute__((vector_size(4)));
typedef int32_t sums4 __attribute__((vector_size(16)));

// The pixel's three channels, and the byte behind them.
FOVEA_PART sums4 pixel_at(const uint8_t *row, int32_t index) {
    bytes4 bytes;
    memcpy(&bytes, row + index * 3, 4);
    return __builtin_convertvector(bytes, sums4);
}

FOVEA_FOR_EACH_GENERATION
void fovea_blend_pixel_pairs(
    const uint8_t *row, size_t row_width, const int32_t *first, const int32_t *second,
    const int32_t *first_weight, const int32_t *second_weight, size_t count, int32_t *out) {
    size_t i = 0;
    // The fourth number is overwritten by the next pixel, so that the last pixel
    // of the row and of the result are left over.
    for (; i + 1 < count && (size_t)second[i] + 1 < row_width; i++) {
        sums4 sums =
            pixel_at(row, first[i]) * first_weight[i] + pixel_at(row, second[i]) * second_weight[i];
        memcpy(out + i * 3, &sums, 16);
    }
    for (; i < count; i++) {
        for (int channel = 0; channel < 3; channel++) {
            out[i * 3 + channel] = row[first[i] * 3 + channel] * first_weight[i]
                + row[second[i] * 3 + channel] * second_weight[i];
        }
    }
}

FOVEA_FOR_EACH_GENERATION
void fovea_blend_sum_pair(
    const int32_t *first, const int32_t *second, int32_t first_weight, int32_t second_weight,
    size_t count, uint8_t *out) {
    for (size_t i = 0; i < count; i++) {
        int32_t sum =
            ((first_weight * (first[i] >> 4)) >> 16) + ((second_weight * (second[i] >> 4)) >> 16);
        out[i] = (uint8_t)((sum + 2) >> 2);
    }
}
