#include "CONNXRuntime.h"

#include <limits.h>
#include <stdlib.h>  // defines __GLIBC__

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

void fovea_trim_heap(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

void fovea_bound_heap(int kept) {
#if defined(__GLIBC__)
    // Setting the threshold also ends its growth with the largest block freed.
    mallopt(M_MMAP_THRESHOLD, kept);
    mallopt(M_TRIM_THRESHOLD, kept > INT_MAX / 2 ? INT_MAX : 2 * kept);
    mallopt(M_ARENA_MAX, 4);
#else
    (void)kept;
#endif
}

#if defined(__x86_64__)

// MXCSR bit 15 flushes denormal results to zero, bit 6 reads denormal
// operands as zero (Intel SDM, volume 1, 10.2.3).
static const unsigned denormals_are_zero = 1u << 15 | 1u << 6;

fovea_float_mode fovea_get_float_mode(void) { return _mm_getcsr(); }

void fovea_restore_float_mode(fovea_float_mode mode) { _mm_setcsr((unsigned)mode); }

fovea_float_mode fovea_flush_denormals(void) {
    unsigned before = _mm_getcsr();
    _mm_setcsr(before | denormals_are_zero);
    return before;
}

#elif defined(__aarch64__)

// FPCR bit 24, FZ: denormal operands and results are zero (Arm ARM, C5.2.8).
static const uint64_t denormals_are_zero = 1ull << 24;

fovea_float_mode fovea_get_float_mode(void) {
    uint64_t mode;
    __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
}

void fovea_restore_float_mode(fovea_float_mode mode) { __asm__ volatile("msr fpcr, %0" : : "r"(mode)); }

fovea_float_mode fovea_flush_denormals(void) {
    uint64_t before = fovea_get_float_mode();
    fovea_restore_float_mode(before | denormals_are_zero);
    return before;
}

#else

fovea_float_mode fovea_get_float_mode(void) { return 0; }
void fovea_restore_float_mode(fovea_float_mode mode) { (void)mode; }
fovea_float_mode fovea_flush_denormals(void) { return 0; }

#endif
