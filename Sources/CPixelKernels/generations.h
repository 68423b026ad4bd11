#ifndef FOVEA_PROCESSOR_GENERATIONS_H
#define FOVEA_PROCESSOR_GENERATIONS_H

// A program for any x86-64 may use 16-byte vectors only, and has no instruction
// to multiply vectors of 32-bit numbers. Marked functions are compiled for newer
// processors too (SSE4.2, AVX2). Arm's baseline has all that is needed.
#if defined(__x86_64__) && defined(__linux__)
#define FOVEA_FOR_EACH_GENERATION                                                                      \
    __attribute__((target_clones("arch=x86-64-v3", "arch=x86-64-v2", "default")))
#else
#define FOVEA_FOR_EACH_GENERATION
#endif

/// Part of a marked function, and so compiled with it for each generation.
#define FOVEA_PART static inline __attribute__((always_inline))

#endif
