#if defined(__linux__)
#define _GNU_SOURCE  // dl_iterate_phdr
#endif

#include "CONNXRuntime.h"

#include <limits.h>
#include <stdlib.h>  // defines __GLIBC__

#if defined(__linux__)
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

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

#if defined(__linux__)
// Code that cannot be written to is what the file says, so that a page of it
// that is dropped comes back as it was. Tables beside it were relocated.
static int release_code(struct dl_phdr_info *object, size_t size, void *page_size) {
    (void)size;
    const uintptr_t page = *(const uintptr_t *)page_size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || (part->p_flags & PF_W)) continue;
        // Only whole pages: the kernel's own object has no file behind it, and
        // refuses.
        const uintptr_t start = (object->dlpi_addr + part->p_vaddr + page - 1) & ~(page - 1);
        const uintptr_t end = (object->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(page - 1);
        if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}
#endif

void fovea_release_code(void) {
#if defined(__linux__)
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    dl_iterate_phdr(release_code, &page);
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
