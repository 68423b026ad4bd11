#ifndef FOVEA_IMAGE_CODECS_H
#define FOVEA_IMAGE_CODECS_H

#include <stddef.h>
#include <stdint.h>

// One pair of functions a format. Both take the whole file in memory, keep no
// state, may be called from any thread, and print nothing.
//
// `..._size` reads headers only and allocates next to nothing, so that a
// caller can refuse a picture before memory is spent on it.
//
// `..._decode` writes `size.width * size.height * 3` bytes of RGB, rows from
// top to bottom. `size` must be what `..._size` said of the same bytes; memory
// that a library needs on top is bounded by it.

/// Why a picture could not be decoded.
typedef enum {
    FOVEA_CODEC_OK = 0,
    /// The file ends too early.
    FOVEA_CODEC_TRUNCATED,
    /// The file breaks its format's rules.
    FOVEA_CODEC_DAMAGED,
    /// The file is sound as far as it was read, but of a kind not handled.
    FOVEA_CODEC_UNSUPPORTED,
    /// Decoding would need more memory or time than the picture's size allows.
    FOVEA_CODEC_TOO_COSTLY,
} fovea_codec_status;

typedef struct {
    int64_t width;
    int64_t height;
} fovea_codec_size;

/// A rectangle of pixels.
typedef struct {
    int64_t x, y, width, height;
} fovea_codec_region;

/// What went wrong, for people; empty where the status says it all.
typedef struct {
    char text[200];
} fovea_codec_detail;

#define FOVEA_CODEC_FUNCTIONS(format)                                                        \
    fovea_codec_status fovea_##format##_size(                                                \
        const uint8_t *bytes, size_t count, fovea_codec_size *size,                          \
        fovea_codec_detail *detail);                                                         \
    fovea_codec_status fovea_##format##_decode(                                              \
        const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,             \
        fovea_codec_detail *detail);

FOVEA_CODEC_FUNCTIONS(jpeg)
FOVEA_CODEC_FUNCTIONS(png)
FOVEA_CODEC_FUNCTIONS(webp)
FOVEA_CODEC_FUNCTIONS(gif)
FOVEA_CODEC_FUNCTIONS(tiff)
FOVEA_CODEC_FUNCTIONS(avif)
FOVEA_CODEC_FUNCTIONS(heic)
FOVEA_CODEC_FUNCTIONS(jpeg2000)

/// Decodes a part of a JPEG, reduced: at 1/1, 1/2, 1/4 or 1/8 of its size, sides
/// rounded up.
///
/// Writes RGB of the whole reduced picture, black outside `region`, which is
/// inside it. Inside are the pixels that the whole would have, for less: what
/// is not needed is read but not turned into pixels, so that damage anywhere in
/// the file is the same error as in `fovea_jpeg_decode`.
fovea_codec_status fovea_jpeg_decode_part(
    const uint8_t *bytes, size_t count, fovea_codec_size size, int reduction,
    fovea_codec_region region, uint8_t *rgb, fovea_codec_detail *detail);

#endif
