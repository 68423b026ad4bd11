#include "support.h"

#include <avif/avif.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static fovea_codec_status failed(avifResult result, fovea_codec_detail *detail) {
    const char *text = avifResultToString(result);
    switch (result) {
    case AVIF_RESULT_TRUNCATED_DATA: return FOVEA_CODEC_TRUNCATED;
    case AVIF_RESULT_OUT_OF_MEMORY: return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, text);
    case AVIF_RESULT_NO_CODEC_AVAILABLE:
    case AVIF_RESULT_NOT_IMPLEMENTED: return fovea_failed(detail, FOVEA_CODEC_UNSUPPORTED, text);
    default: return fovea_failed(detail, FOVEA_CODEC_DAMAGED, text);
    }
}

/// `limit` pixels are the most that any single coded frame may have; 0 keeps
/// the library's own limit.
static fovea_codec_status open_decoder(
    avifDecoder **decoder, const uint8_t *bytes, size_t count, int64_t limit,
    fovea_codec_detail *detail) {
    *decoder = avifDecoderCreate();
    if (!*decoder) return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    (*decoder)->maxThreads = 1;
    (*decoder)->ignoreExif = AVIF_TRUE;
    (*decoder)->ignoreXMP = AVIF_TRUE;
    // The box that crops is not applied, so its validity is nothing to fail
    // for; and older encoders left the box with the bit depths out.
    (*decoder)->strictFlags &= ~(avifStrictFlags)(AVIF_STRICT_CLAP_VALID | AVIF_STRICT_PIXI_REQUIRED);
    if (limit > 0 && limit < (*decoder)->imageSizeLimit) (*decoder)->imageSizeLimit = (uint32_t)limit;
    (*decoder)->imageDimensionLimit = 65536;
    avifResult result = avifDecoderSetIOMemory(*decoder, bytes, count);
    if (result == AVIF_RESULT_OK) result = avifDecoderParse(*decoder);
    return result == AVIF_RESULT_OK ? FOVEA_CODEC_OK : failed(result, detail);
}

fovea_codec_status fovea_avif_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    avifDecoder *decoder;
    fovea_codec_status status = open_decoder(&decoder, bytes, count, 0, detail);
    if (status == FOVEA_CODEC_OK) {
        size->width = decoder->image->width;
        size->height = decoder->image->height;
    }
    if (decoder) avifDecoderDestroy(decoder);
    return status;
}

static void cut_plane(
    const uint8_t *from, uint32_t from_stride, uint8_t *to, uint32_t to_stride, uint32_t width,
    uint32_t height, uint32_t depth) {
    if (!from || !to) return;
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            uint16_t value;
            memcpy(&value, from + (size_t)y * from_stride + (size_t)x * 2, sizeof value);
            to[(size_t)y * to_stride + x] = (uint8_t)(value >> (depth - 8));
        }
    }
}

// Pictures of 10 and 12 bits are cut to 8 before the conversion to RGB, not
// after it: this is what existing indexes were computed with.
static avifImage *cut_to_8_bits(const avifImage *deep) {
    avifImage *image = avifImageCreate(deep->width, deep->height, 8, deep->yuvFormat);
    if (!image) return NULL;
    image->yuvRange = deep->yuvRange;
    image->yuvChromaSamplePosition = deep->yuvChromaSamplePosition;
    image->colorPrimaries = deep->colorPrimaries;
    image->transferCharacteristics = deep->transferCharacteristics;
    image->matrixCoefficients = deep->matrixCoefficients;
    image->alphaPremultiplied = deep->alphaPremultiplied;
    avifPlanesFlags planes = deep->alphaPlane ? AVIF_PLANES_ALL : AVIF_PLANES_YUV;
    if (avifImageAllocatePlanes(image, planes) != AVIF_RESULT_OK) {
        avifImageDestroy(image);
        return NULL;
    }
    avifPixelFormatInfo format;
    avifGetPixelFormatInfo(deep->yuvFormat, &format);
    for (int channel = 0; channel < 3; channel++) {
        uint32_t shift_x = channel ? (uint32_t)format.chromaShiftX : 0;
        uint32_t shift_y = channel ? (uint32_t)format.chromaShiftY : 0;
        cut_plane(
            deep->yuvPlanes[channel], deep->yuvRowBytes[channel], image->yuvPlanes[channel],
            image->yuvRowBytes[channel], (deep->width + shift_x) >> shift_x,
            (deep->height + shift_y) >> shift_y, deep->depth);
    }
    cut_plane(
        deep->alphaPlane, deep->alphaRowBytes, image->alphaPlane, image->alphaRowBytes, deep->width,
        deep->height, deep->depth);
    return image;
}

static fovea_codec_status convert_opaque(
    const avifImage *image, fovea_codec_size size, uint8_t *rgb, fovea_codec_detail *detail) {
    avifRGBImage output;
    avifRGBImageSetDefaults(&output, image);
    output.depth = 8;
    output.format = AVIF_RGB_FORMAT_RGB;
    output.pixels = rgb;
    output.rowBytes = (uint32_t)size.width * 3;
    avifResult result = avifImageYUVToRGB(image, &output);
    return result == AVIF_RESULT_OK ? FOVEA_CODEC_OK : failed(result, detail);
}

// Asked for RGB, the library would blend with black, so that alpha has to be
// written before it can be dropped.
static fovea_codec_status convert_with_alpha(
    const avifImage *image, fovea_codec_size size, uint8_t *rgb, fovea_codec_detail *detail) {
    size_t pixels = (size_t)size.width * (size_t)size.height;
    uint8_t *rgba = malloc(pixels * 4);
    if (!rgba) return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    avifRGBImage output;
    avifRGBImageSetDefaults(&output, image);
    output.depth = 8;
    output.format = AVIF_RGB_FORMAT_RGBA;
    output.pixels = rgba;
    output.rowBytes = (uint32_t)size.width * 4;
    avifResult result = avifImageYUVToRGB(image, &output);
    for (size_t i = 0; result == AVIF_RESULT_OK && i < pixels; i++) {
        memcpy(rgb + i * 3, rgba + i * 4, 3);
    }
    free(rgba);
    return result == AVIF_RESULT_OK ? FOVEA_CODEC_OK : failed(result, detail);
}

static fovea_codec_status convert(
    const avifImage *image, fovea_codec_size size, uint8_t *rgb, fovea_codec_detail *detail) {
    // Which pictures are cut first and which are converted from all their bits
    // follows what libavif 1.4 does for RGB and for RGBA. Only 12 bits with
    // 4:2:0 and alpha, for which it skips colour interpolation, stay different.
    bool is_grey = image->yuvFormat == AVIF_PIXEL_FORMAT_YUV400;
    bool cuts = image->depth > 8
        && (image->alphaPlane ? image->depth == 12 || is_grey : !is_grey);
    avifImage *cut = cuts ? cut_to_8_bits(image) : NULL;
    if (cuts && !cut) return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    const avifImage *source = cut ? cut : image;
    fovea_codec_status status = source->alphaPlane ? convert_with_alpha(source, size, rgb, detail)
                                                   : convert_opaque(source, size, rgb, detail);
    if (cut) avifImageDestroy(cut);
    return status;
}

fovea_codec_status fovea_avif_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    avifDecoder *decoder;
    // A tile of a picture made of tiles may be larger than the picture.
    int64_t limit = size.width * size.height * 4 + (1 << 20);
    fovea_codec_status status = open_decoder(&decoder, bytes, count, limit, detail);
    if (status == FOVEA_CODEC_OK) {
        avifResult result = avifDecoderNextImage(decoder);
        if (result != AVIF_RESULT_OK) {
            status = failed(result, detail);
        } else if (decoder->image->width != size.width || decoder->image->height != size.height) {
            status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
        } else {
            status = convert(decoder->image, size, rgb, detail);
        }
    }
    if (decoder) avifDecoderDestroy(decoder);
    return status;
}
