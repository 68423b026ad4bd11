#include "jpeg_session.h"

#include <string.h>

// Columns and rows decoded around those wanted: where chroma is stored coarser,
// libjpeg blends it with its neighbours, one sample and so two pixels away.
enum { MARGIN = 8 };

fovea_codec_status fovea_jpeg_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    jpeg_session self;
    fovea_codec_status status;
    jpeg_session_prepare(&self, bytes, count, detail);
    if (setjmp(self.escape)) {
        status = jpeg_session_status_after_escape(&self);
    } else {
        status = jpeg_session_read_header(&self);
        size->width = self.decoder.image_width;
        size->height = self.decoder.image_height;
    }
    jpeg_destroy_decompress(&self.decoder);
    return status;
}

/// Whether parts come out as they do of the whole, and errors too.
static bool can_decode_parts(const jpeg_session *self) {
    const struct jpeg_decompress_struct *decoder = &self->decoder;
    // The arithmetic decoder takes the end of the file for damage.
    if (decoder->arith_code) return false;
    // libjpeg-turbo 2.1 crops reduced pictures wrongly where chroma is stored four
    // times coarser, and its skipping is made for groups of two rows.
    if (decoder->max_h_samp_factor > 2 || decoder->max_v_samp_factor > 2) return false;
    // Progressive files that keep details back are smoothed across blocks.
    for (int i = 0; decoder->coef_bits && i < decoder->num_components; i++) {
        for (int k = 0; k < DCTSIZE2; k++) {
            if (decoder->coef_bits[i][k] != 0) return false;
        }
    }
    return true;
}

/// Reads the next row into its place, of which `left` pixels are passed over.
static bool read_row(jpeg_session *self, size_t width, size_t left, JSAMPARRAY ink_row, uint8_t *rgb) {
    j_decompress_ptr decoder = &self->decoder;
    uint8_t *out = rgb + (decoder->output_scanline * width + left) * 3;
    JSAMPROW row = ink_row ? ink_row[0] : out;
    if (jpeg_read_scanlines(decoder, &row, 1) != 1) return false;
    for (size_t x = 0; ink_row && x < decoder->output_width; x++) {
        // Every program that writes such files follows Adobe, who stores
        // inks inverted: 255 is none.
        uint8_t cmyk[4];
        for (int i = 0; i < 4; i++) cmyk[i] = (uint8_t)(255 - row[x * 4 + i]);
        fovea_cmyk_to_rgb(cmyk, out + x * 3);
    }
    return true;
}

/// Goes on for some rows without making pixels. Not to the end of the picture:
/// libjpeg would not look at the rest of the file then.
static void skip_rows(jpeg_session *self, JDIMENSION count) {
    self->leaves_at_end = true;
    if (count > 0) jpeg_skip_scanlines(&self->decoder, count);
    self->leaves_at_end = false;
}

static void blacken_outside(uint8_t *rgb, size_t width, size_t height, fovea_codec_region wanted) {
    size_t left = (size_t)wanted.x * 3, right = (size_t)(wanted.x + wanted.width) * 3;
    size_t bottom = (size_t)(wanted.y + wanted.height);
    memset(rgb, 0, (size_t)wanted.y * width * 3);
    for (size_t y = (size_t)wanted.y; y < bottom; y++) {
        memset(rgb + y * width * 3, 0, left);
        memset(rgb + y * width * 3 + right, 0, width * 3 - right);
    }
    memset(rgb + bottom * width * 3, 0, (height - bottom) * width * 3);
}

static fovea_codec_status read_rows(
    jpeg_session *self, int reduction, fovea_codec_region wanted, uint8_t *rgb) {
    j_decompress_ptr decoder = &self->decoder;
    bool inks = decoder->num_components == 4;
    decoder->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    decoder->dct_method = JDCT_ISLOW;
    decoder->scale_num = 1;
    decoder->scale_denom = (unsigned)reduction;
    if (!jpeg_start_decompress(decoder)) return FOVEA_CODEC_TRUNCATED;
    JDIMENSION width = decoder->output_width, height = decoder->output_height;
    if (wanted.x < 0 || wanted.y < 0 || wanted.width <= 0 || wanted.height <= 0
        || wanted.x > width - wanted.width || wanted.y > height - wanted.height) {
        return fovea_failed(self->detail, FOVEA_CODEC_DAMAGED, "its size changed");
    }
    JSAMPARRAY ink_row = NULL;
    if (inks) {
        ink_row = decoder->mem->alloc_sarray((j_common_ptr)decoder, JPOOL_IMAGE, width * 4, 1);
    }
    JDIMENSION left = 0, bottom = height;
    if (can_decode_parts(self)) {
        JDIMENSION right = (JDIMENSION)(wanted.x + wanted.width) + MARGIN;
        left = wanted.x > MARGIN ? (JDIMENSION)wanted.x - MARGIN : 0;
        JDIMENSION columns = (right < width ? right : width) - left;
        // Moves the left edge to where it can be.
        jpeg_crop_scanline(decoder, &left, &columns);
        bottom = (JDIMENSION)(wanted.y + wanted.height);
        if (wanted.y > MARGIN) skip_rows(self, (JDIMENSION)wanted.y - MARGIN);
    }
    while (decoder->output_scanline < bottom) {
        if (!read_row(self, width, left, ink_row, rgb)) return FOVEA_CODEC_TRUNCATED;
    }
    if (bottom < height) {
        // To the end, for the damage that may be there.
        skip_rows(self, height - bottom - 1);
        if (!read_row(self, width, left, ink_row, rgb)) return FOVEA_CODEC_TRUNCATED;
    }
    blacken_outside(rgb, width, height, wanted);
    return FOVEA_CODEC_OK;
}

fovea_codec_status fovea_jpeg_decode_part(
    const uint8_t *bytes, size_t count, fovea_codec_size size, int reduction,
    fovea_codec_region region, uint8_t *rgb, fovea_codec_detail *detail) {
    jpeg_session self;
    fovea_codec_status status;
    jpeg_session_prepare(&self, bytes, count, detail);
    if (setjmp(self.escape)) {
        status = jpeg_session_status_after_escape(&self);
    } else {
        status = jpeg_session_read_header(&self);
        if (status == FOVEA_CODEC_OK) {
            if (self.decoder.image_width != size.width || self.decoder.image_height != size.height) {
                status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
            } else {
                status = read_rows(&self, reduction, region, rgb);
            }
        }
    }
    jpeg_destroy_decompress(&self.decoder);
    return status;
}

fovea_codec_status fovea_jpeg_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    fovea_codec_region whole = {0, 0, size.width, size.height};
    return fovea_jpeg_decode_part(bytes, count, size, 1, whole, rgb, detail);
}
