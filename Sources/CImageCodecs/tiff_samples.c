#include "support.h"
#include "tiff_samples.h"

#include <string.h>
#include <tiffio.h>

static bool is_grey(const tiff_layout *layout) {
    return layout->photometric == PHOTOMETRIC_MINISWHITE || layout->photometric == PHOTOMETRIC_MINISBLACK
        || (layout->photometric == PHOTOMETRIC_YCBCR && layout->samples == 1);
}

uint16_t tiff_colour_samples(const tiff_layout *layout) {
    if (is_grey(layout) || layout->photometric == PHOTOMETRIC_PALETTE) return 1;
    if (layout->photometric == PHOTOMETRIC_SEPARATED) return 4;
    return layout->premultiplied ? 4 : 3;
}

bool tiff_layout_is_handled(const tiff_layout *layout) {
    uint16_t bits = layout->bits;
    bool is_integer = layout->format == SAMPLEFORMAT_UINT;
    bool is_planar = layout->planar == PLANARCONFIG_SEPARATE;
    if (layout->samples < tiff_colour_samples(layout) || layout->samples > 6) return false;
    if (is_grey(layout)) {
        if (layout->samples > 1 && bits != 8 && !is_planar) return false;
        if (layout->format == SAMPLEFORMAT_IEEEFP) return bits == 32;
        if (layout->format == SAMPLEFORMAT_INT) return bits == 8 || bits == 16 || bits == 32;
        return is_integer
            && (bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 12 || bits == 16 || bits == 32);
    }
    if (layout->photometric == PHOTOMETRIC_PALETTE) {
        return is_integer
            && (bits == 8 || (layout->samples == 1 && (bits == 1 || bits == 2 || bits == 4)));
    }
    bool has_colours =
        layout->photometric == PHOTOMETRIC_RGB || layout->photometric == PHOTOMETRIC_SEPARATED;
    // What is stored in planes and in several kinds at once has no known writer.
    if (is_planar && (layout->premultiplied || layout->photometric == PHOTOMETRIC_SEPARATED)) return false;
    return is_integer && has_colours && (bits == 8 || bits == 16);
}

uint64_t tiff_row_bytes(const tiff_layout *layout, uint32_t width) {
    uint64_t samples = layout->planar == PLANARCONFIG_SEPARATE ? 1 : layout->samples;
    return (samples * width * layout->bits + 7) / 8;
}

/// The sample at a place in a row of samples packed from the highest bit on.
static uint32_t packed(const uint8_t *row, uint64_t index, uint16_t bits) {
    uint32_t value = 0;
    for (uint64_t bit = index * bits; bit < (index + 1) * bits; bit++) {
        value = value << 1 | (row[bit >> 3] >> (7 - (bit & 7)) & 1);
    }
    return value;
}

static uint8_t clipped(int64_t value) { return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value); }

// Few bits are stretched to 8; more than 8 are cut off at 255, not scaled, as
// in 16-bit PNG. White-is-zero is honoured up to 8 bits only. All this is what
// existing indexes were computed with.
static uint8_t grey_at(const tiff_layout *layout, const uint8_t *row, uint64_t index) {
    bool is_signed = layout->format == SAMPLEFORMAT_INT;
    switch (layout->bits) {
    case 8:
        return layout->photometric == PHOTOMETRIC_MINISWHITE ? 255 - row[index] : row[index];
    case 12: return clipped(packed(row, index, 12));
    case 16: {
        uint16_t value;
        memcpy(&value, row + index * 2, 2);
        return clipped(is_signed ? (int16_t)value : value);
    }
    case 32: {
        uint32_t value;
        memcpy(&value, row + index * 4, 4);
        if (layout->format != SAMPLEFORMAT_IEEEFP) return clipped((int32_t)value);
        float number;
        memcpy(&number, &value, 4);
        return number >= 255 ? 255 : number > 0 ? (uint8_t)number : 0;
    }
    default: {
        uint32_t most = (1u << layout->bits) - 1;
        uint32_t value = packed(row, index, layout->bits);
        if (layout->photometric == PHOTOMETRIC_MINISWHITE) value = most - value;
        return (uint8_t)(value * 255 / most);
    }
    }
}

/// The higher 8 bits of a sample of 8 or 16.
static uint8_t byte_at(const tiff_layout *layout, const uint8_t *row, uint64_t index) {
    if (layout->bits == 8) return row[index];
    uint16_t value;
    memcpy(&value, row + index * 2, 2);
    return (uint8_t)(value >> 8);
}

static void unmultiply(uint8_t *rgb, uint8_t alpha) {
    for (int channel = 0; channel < 3; channel++) {
        rgb[channel] = alpha == 0 ? 0 : clipped(rgb[channel] * 255 / alpha);
    }
}

void tiff_convert_row(
    const tiff_layout *layout, const uint8_t *row, uint16_t plane, uint32_t width, uint8_t *rgb) {
    bool is_planar = layout->planar == PLANARCONFIG_SEPARATE;
    uint64_t step = is_planar ? 1 : layout->samples;
    for (uint32_t x = 0; x < width; x++, rgb += 3) {
        uint64_t first = x * step;
        if (is_grey(layout)) {
            memset(rgb, grey_at(layout, row, first), 3);
        } else if (layout->photometric == PHOTOMETRIC_PALETTE) {
            uint32_t index = layout->bits == 8 ? row[first] : packed(row, first, layout->bits);
            for (int channel = 0; channel < 3; channel++) {
                rgb[channel] = (uint8_t)(layout->palette[channel][index] >> 8);
            }
        } else if (layout->photometric == PHOTOMETRIC_SEPARATED) {
            uint8_t inks[4];
            for (int ink = 0; ink < 4; ink++) inks[ink] = byte_at(layout, row, first + ink);
            fovea_cmyk_to_rgb(inks, rgb);
        } else if (is_planar) {
            rgb[plane] = byte_at(layout, row, first);
        } else {
            for (int channel = 0; channel < 3; channel++) rgb[channel] = byte_at(layout, row, first + channel);
            if (layout->premultiplied) unmultiply(rgb, byte_at(layout, row, first + 3));
        }
    }
}
