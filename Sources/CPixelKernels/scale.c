#include "CPixelKernels.h"
#include "generations.h"

// A product and a sum in one instruction would be rounded once instead of twice.
#pragma STDC FP_CONTRACT OFF

FOVEA_FOR_EACH_GENERATION
void fovea_scale_channel(
    const uint8_t *pixels, size_t count, float divisor, float factor, float offset, float *out) {
    for (size_t i = 0; i < count; i++) out[i] = (float)pixels[i * 3] / divisor * factor - offset;
}
