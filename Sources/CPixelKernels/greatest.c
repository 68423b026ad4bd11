#include "CPixelKernels.h"
#include "generations.h"

enum { LANES = 32 };

FOVEA_FOR_EACH_GENERATION
size_t fovea_first_greatest(const float *values, size_t count) {
    float lanes[LANES];
    for (int lane = 0; lane < LANES; lane++) lanes[lane] = values[0];
    size_t whole = count - count % LANES;
    for (size_t i = 0; i < whole; i += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = values[i + lane] > lanes[lane] ? values[i + lane] : lanes[lane];
        }
    }
    float greatest = values[0];
    for (int lane = 0; lane < LANES; lane++) greatest = lanes[lane] > greatest ? lanes[lane] : greatest;
    for (size_t i = whole; i < count; i++) greatest = values[i] > greatest ? values[i] : greatest;
    // A whole block is asked at once; the one that has it is looked through.
    for (size_t i = 0; i < whole; i += LANES) {
        int found = 0;
        for (int lane = 0; lane < LANES; lane++) found |= values[i + lane] == greatest;
        if (!found) continue;
        for (int lane = 0; lane < LANES; lane++) {
            if (values[i + lane] == greatest) return i + lane;
        }
    }
    for (size_t i = whole; i < count; i++) {
        if (values[i] == greatest) return i;
    }
    // The first is not a number, which nothing is greater than.
    return 0;
}
