#include "support.h"

#include <avif/avif.h>
#include <stdlib.h>

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

static fovea_codec_status convert(
    const avifImage *image, fovea_codec_size size, uint8_t *rgb, fovea_codec_detail *detail) {
    avifRGBImage output;
    avifRGBImageSetDefaults(&output, image);
    output.depth = 8;
    output.format = AVIF_RGB_FORMAT_RGB;
    output.pixels = rgb;
    output.rowBytes = (uint32_t)size.width * 3;
    if (!image->alphaPlane || !image->alphaPremultiplied) {
        avifResult result = avifImageYUVToRGB(image, &output);
        return result == AVIF_RESULT_OK ? FOVEA_CODEC_OK : failed(result, detail);
    }
    // Colours stored multiplied by alpha are divided by it, which only happens
    // where alpha is written too.
    size_t pixels = (size_t)size.width * (size_t)size.height;
    uint8_t *rgba = malloc(pixels * 4);
    if (!rgba) return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    output.format = AVIF_RGB_FORMAT_RGBA;
    output.pixels = rgba;
    output.rowBytes = (uint32_t)size.width * 4;
    avifResult result = avifImageYUVToRGB(image, &output);
    for (size_t i = 0; result == AVIF_RESULT_OK && i < pixels; i++) {
        for (int channel = 0; channel < 3; channel++) rgb[i * 3 + channel] = rgba[i * 4 + channel];
    }
    free(rgba);
    return result == AVIF_RESULT_OK ? FOVEA_CODEC_OK : failed(result, detail);
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
