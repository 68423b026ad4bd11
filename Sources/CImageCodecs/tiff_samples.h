#ifndef FOVEA_TIFF_SAMPLES_H
#define FOVEA_TIFF_SAMPLES_H

#include <stdbool.h>
#include <stdint.h>

/// What a TIFF's tags say about its samples.
typedef struct {
    uint32_t width, height;
    uint16_t compression, planar, photometric, orientation;
    /// Bits of a sample, samples of a pixel, and whether samples are unsigned,
    /// signed or floating-point.
    uint16_t bits, samples, format;
    /// Whether the first extra sample is an alpha that colours are multiplied by.
    bool premultiplied;
    /// Red, green and blue of the palette, 16 bits each.
    uint16_t *palette[3];
} tiff_layout;

/// Whether `tiff_convert_row` knows this kind.
bool tiff_layout_is_handled(const tiff_layout *layout);

/// Samples that take part in the colour; others are skipped.
uint16_t tiff_colour_samples(const tiff_layout *layout);

/// Bytes that `tiff_convert_row` reads of a row of so many pixels.
uint64_t tiff_row_bytes(const tiff_layout *layout, uint32_t width);

/// Turns one row of samples, in the machine's byte order, to RGB. Where
/// samples are stored in planes, it is called once a plane.
void tiff_convert_row(
    const tiff_layout *layout, const uint8_t *row, uint16_t plane, uint32_t width, uint8_t *rgb);

#endif
