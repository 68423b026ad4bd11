#include "CPixelKernels.h"
#include "generations.h"

#include <string.h>

// Pillow's numbers are rounded after each operation.
#pragma STDC FP_CONTRACT OFF

typedef uint8_t bytes4 __attribute__((vector_size(4)));
typedef int32_t ints4 __attribute__((vector_size(16)));
typedef double doubles4 __attribute__((vector_size(32)));

// Vectors of this width are passed to functions in ways that depend on the
// processor, so what works on them are macros.

// A pixel's three channels. The byte behind them comes along, where there is one.
#define PIXEL(address)                                                                                 \
    ({                                                                                                 \
        bytes4 bytes = {0};                                                                            \
        if (end - (address) >= 4)                                                                      \
            memcpy(&bytes, (address), 4);                                                              \
        else                                                                                           \
            memcpy(&bytes, (address), 3);                                                              \
        __builtin_convertvector(__builtin_convertvector(bytes, ints4), doubles4);                      \
    })

// Cubic convolution with a = -1 between v1 and v2.
#define CUBIC(v0, v1, v2, v3, t)                                                                       \
    ((v1) + (t) * (((v2) - (v0)) + (t) * ((2 * ((v0) - (v1)) + (v2) - (v3)) + (t) * ((v1) - (v0) - (v2) + (v3)))))

// Rows and columns beyond the edge repeat the edge.
FOVEA_PART size_t within(int64_t index, size_t count) {
    return index < 0 ? 0 : (size_t)index >= count ? count - 1 : (size_t)index;
}

FOVEA_FOR_EACH_GENERATION
void fovea_warp_row(
    const uint8_t *pixels, size_t width, size_t height, const double *k, double y, size_t count, uint8_t *out) {
    const uint8_t *end = pixels + width * height * 3;
    for (size_t column = 0; column < count; column++, out += 3) {
        double x = (double)column + 0.5;
        double depth = k[6] * x + k[7] * y + 1;
        double across = (k[0] * x + k[1] * y + k[2]) / depth;
        double down = (k[3] * x + k[4] * y + k[5]) / depth;
        // Written so that what is not a number counts as outside.
        if (!(across >= 0 && across < (double)width && down >= 0 && down < (double)height)) {
            memset(out, 0, 3);
            continue;
        }
        double left = __builtin_floor(across - 0.5), top = __builtin_floor(down - 0.5);
        double dx = across - 0.5 - left, dy = down - 0.5 - top;
        size_t columns[4];
        for (int i = 0; i < 4; i++) columns[i] = within((int64_t)left + i - 1, width) * 3;
        doubles4 rows[4];
        for (int i = 0; i < 4; i++) {
            const uint8_t *line = pixels + within((int64_t)top + i - 1, height) * width * 3;
            doubles4 v0 = PIXEL(line + columns[0]), v1 = PIXEL(line + columns[1]);
            doubles4 v2 = PIXEL(line + columns[2]), v3 = PIXEL(line + columns[3]);
            rows[i] = CUBIC(v0, v1, v2, v3, dx);
        }
        doubles4 value = CUBIC(rows[0], rows[1], rows[2], rows[3], dy);
        for (int channel = 0; channel < 3; channel++) {
            double clipped = value[channel] < 255 ? value[channel] : 255;
            out[channel] = (uint8_t)(clipped > 0 ? clipped : 0);
        }
    }
}
