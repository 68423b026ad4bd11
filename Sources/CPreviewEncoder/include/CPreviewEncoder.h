#ifndef FOVEA_PREVIEW_ENCODER_H
#define FOVEA_PREVIEW_ENCODER_H

#include <stddef.h>
#include <stdint.h>

/// Encodes a picture as a baseline JPEG with halved colour resolution, as
/// photo libraries keep their previews.
///
/// `rgb` holds `width * height * 3` bytes, rows from top to bottom; `quality`
/// is the IJG's, 1 to 100. Returns the file's bytes, which the caller frees
/// with `free`, and their number in `count`; NULL where the encoder fails.
uint8_t *fovea_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, size_t *count);

#endif
