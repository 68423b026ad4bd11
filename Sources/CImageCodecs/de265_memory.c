#define _GNU_SOURCE
#include <dlfcn.h>
#include <libde265/de265.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// The HEVC decoder under libheif takes a damaged file for a whole one, and
// leaves what it could not read of the picture as the memory was: it would
// show what was there before. So its memory is cleared, by functions that it
// gets where libheif makes a decoder: being in the executable, the definition
// below is the one that libheif calls.

/// Bytes behind a plane that the decoder's vector code may touch, as in its
/// own allocation.
static const size_t padding = 64;

static void release_planes(de265_decoder_context *decoder, struct de265_image *image, void *user) {
    (void)decoder;
    (void)user;
    for (int channel = 0; channel < 3; channel++) {
        free(de265_get_image_plane_user_data(image, channel));
        de265_set_image_plane(image, channel, NULL, 0, NULL);
    }
}

static int get_cleared_planes(
    de265_decoder_context *decoder, struct de265_image_spec *spec, struct de265_image *image, void *user) {
    int channels = de265_get_chroma_format(image) == de265_chroma_mono ? 1 : 3;
    for (int channel = 0; channel < 3; channel++) de265_set_image_plane(image, channel, NULL, 0, NULL);
    for (int channel = 0; channel < channels; channel++) {
        int width = de265_get_image_width(image, channel), height = de265_get_image_height(image, channel);
        int alignment = spec->alignment > 0 ? spec->alignment : 1;
        // In pixels, as the decoder wants it.
        int stride = (width + alignment - 1) / alignment * alignment;
        size_t pixel_size = (size_t)(de265_get_bits_per_pixel(image, channel) + 7) / 8;
        size_t size = (size_t)stride * (size_t)height * pixel_size + padding;
        void *plane = NULL;
        if (posix_memalign(&plane, 64, size) != 0) {
            release_planes(decoder, image, user);
            return 0;
        }
        memset(plane, 0, size);
        de265_set_image_plane(image, channel, plane, stride, plane);
    }
    return 1;
}

de265_decoder_context *de265_new_decoder(void) {
    de265_decoder_context *(*original)(void) = NULL;
    void *symbol = dlsym(RTLD_NEXT, "de265_new_decoder");
    memcpy(&original, &symbol, sizeof original);
    static struct de265_image_allocation allocation = {get_cleared_planes, release_planes};
    de265_decoder_context *decoder = original ? original() : NULL;
    if (decoder) de265_set_image_allocation_functions(decoder, &allocation, NULL);
    return decoder;
}
