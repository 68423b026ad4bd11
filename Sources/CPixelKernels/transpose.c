#include "CPixelKernels.h"
#include "generations.h"

#include <string.h>

typedef uint8_t bytes16 __attribute__((vector_size(16)));

FOVEA_PART bytes16 low_interleaved(bytes16 a, bytes16 b) {
    return __builtin_shufflevector(
        a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

FOVEA_PART bytes16 high_interleaved(bytes16 a, bytes16 b) {
    return __builtin_shufflevector(
        a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// Interleaving row i with row i + 8 moves a bit of a byte's row number into its
// column number; after four times they have changed places.
FOVEA_PART void transpose_tile(const uint8_t *in, size_t in_step, uint8_t *out, size_t out_step) {
    bytes16 a[16], b[16];
    for (int i = 0; i < 16; i++) memcpy(&a[i], in + i * in_step, 16);
    for (int round = 0; round < 4; round += 2) {
        for (int i = 0; i < 8; i++) {
            b[2 * i] = low_interleaved(a[i], a[i + 8]);
            b[2 * i + 1] = high_interleaved(a[i], a[i + 8]);
        }
        for (int i = 0; i < 8; i++) {
            a[2 * i] = low_interleaved(b[i], b[i + 8]);
            a[2 * i + 1] = high_interleaved(b[i], b[i + 8]);
        }
    }
    for (int i = 0; i < 16; i++) memcpy(out + i * out_step, &a[i], 16);
}

FOVEA_FOR_EACH_GENERATION
void fovea_transpose_bytes(
    const uint8_t *in, size_t in_step, size_t rows, size_t columns, uint8_t *out, size_t out_step) {
    size_t tiled_rows = rows / 16 * 16, tiled_columns = columns / 16 * 16;
    // Row by row of tiles: processors fetch ahead for about so many rows at once.
    for (size_t r = 0; r < tiled_rows; r += 16) {
        for (size_t c = 0; c < tiled_columns; c += 16) {
            transpose_tile(in + r * in_step + c, in_step, out + c * out_step + r, out_step);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = r < tiled_rows ? tiled_columns : 0; c < columns; c++) {
            out[c * out_step + r] = in[r * in_step + c];
        }
    }
}
