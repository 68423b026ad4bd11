#ifndef FOVEA_IMAGE_CODECS_SUPPORT_H
#define FOVEA_IMAGE_CODECS_SUPPORT_H

#include "CImageCodecs.h"

#include <stdio.h>

/// Fills in the detail and passes the status on, so that it can be returned.
static inline fovea_codec_status fovea_failed(
    fovea_codec_detail *detail, fovea_codec_status status, const char *text) {
    snprintf(detail->text, sizeof detail->text, "%s", text);
    return status;
}

/// `a * b / 255`, rounded, as the usual shift formula for bytes gives it.
static inline int fovea_multiply_bytes(int a, int b) {
    int product = a * b + 128;
    return ((product >> 8) + product) >> 8;
}

/// Ink amounts to light, without a colour profile: each of red, green and blue
/// is what its ink and black leave over.
static inline void fovea_cmyk_to_rgb(const uint8_t *cmyk, uint8_t *rgb) {
    int light = 255 - cmyk[3];
    for (int channel = 0; channel < 3; channel++) {
        rgb[channel] = (uint8_t)(light - fovea_multiply_bytes(cmyk[channel], light));
    }
}

#endif
