#include "support.h"

#include <png.h>
#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
    png_structp decoder;
    png_infop info;
    const uint8_t *bytes;
    size_t left;
    jmp_buf escape;
    fovea_codec_detail *detail;
    bool truncated;
} session;

static void leave(png_structp decoder, png_const_charp message) {
    session *self = png_get_error_ptr(decoder);
    fovea_failed(self->detail, FOVEA_CODEC_DAMAGED, message);
    longjmp(self->escape, 1);
}

static void ignore_warning(png_structp decoder, png_const_charp message) {
    (void)decoder;
    (void)message;
}

static void read_input(png_structp decoder, png_bytep out, size_t count) {
    session *self = png_get_io_ptr(decoder);
    if (count > self->left) {
        self->truncated = true;
        png_error(decoder, "");
    }
    memcpy(out, self->bytes, count);
    self->bytes += count;
    self->left -= count;
}

static fovea_codec_status read_header(session *self) {
    self->decoder = png_create_read_struct(PNG_LIBPNG_VER_STRING, self, leave, ignore_warning);
    if (!self->decoder) return fovea_failed(self->detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    self->info = png_create_info_struct(self->decoder);
    if (!self->info) return fovea_failed(self->detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    png_set_read_fn(self->decoder, self, read_input);
    // The caller's limits decide; the library's own default of a million
    // pixels a side would only add a second message for the same thing.
    png_set_user_limits(self->decoder, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    // Texts, profiles and the like are skipped unread: none changes the
    // pixels, and a compressed one may unpack to any size.
    png_set_keep_unknown_chunks(self->decoder, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_chunk_malloc_max(self->decoder, 1 << 20);
    png_read_info(self->decoder, self->info);
    return FOVEA_CODEC_OK;
}

static void close_session(session *self) {
    png_destroy_read_struct(&self->decoder, &self->info, NULL);
}

static session opened(const uint8_t *bytes, size_t count, fovea_codec_detail *detail) {
    session self;
    memset(&self, 0, sizeof self);
    self.bytes = bytes;
    self.left = count;
    self.detail = detail;
    return self;
}

fovea_codec_status fovea_png_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    session self = opened(bytes, count, detail);
    fovea_codec_status status;
    if (setjmp(self.escape)) {
        status = self.truncated ? FOVEA_CODEC_TRUNCATED : FOVEA_CODEC_DAMAGED;
    } else {
        status = read_header(&self);
        if (status == FOVEA_CODEC_OK) {
            size->width = png_get_image_width(self.decoder, self.info);
            size->height = png_get_image_height(self.decoder, self.info);
        }
    }
    close_session(&self);
    return status;
}

// 16-bit grey is cut off at 255, not scaled: this is what existing indexes
// were computed with. The rows are widened in place, from the right.
static void widen_grey16(uint8_t *row, size_t width) {
    for (size_t x = width; x-- > 0;) {
        uint8_t value = row[x * 2] ? 255 : row[x * 2 + 1];
        row[x * 3] = row[x * 3 + 1] = row[x * 3 + 2] = value;
    }
}

static fovea_codec_status read_rows(session *self, fovea_codec_size size, uint8_t *rgb) {
    png_structp decoder = self->decoder;
    int colour = png_get_color_type(decoder, self->info);
    int depth = png_get_bit_depth(decoder, self->info);
    bool grey16 = colour == PNG_COLOR_TYPE_GRAY && depth == 16;
    if (depth == 16 && !grey16) png_set_strip_16(decoder);
    if (colour == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(decoder);
    if (colour == PNG_COLOR_TYPE_GRAY && depth < 8) png_set_expand_gray_1_2_4_to_8(decoder);
    png_set_strip_alpha(decoder);
    if (!(colour & PNG_COLOR_MASK_COLOR) && !grey16) png_set_gray_to_rgb(decoder);
    int passes = png_set_interlace_handling(decoder);
    png_read_update_info(decoder, self->info);

    size_t width = (size_t)size.width, height = (size_t)size.height;
    if (png_get_rowbytes(decoder, self->info) != width * (grey16 ? 2 : 3)) {
        return fovea_failed(self->detail, FOVEA_CODEC_UNSUPPORTED, "its pixel layout is unknown");
    }
    for (int pass = 0; pass < passes; pass++) {
        for (size_t y = 0; y < height; y++) png_read_row(decoder, rgb + y * width * 3, NULL);
    }
    for (size_t y = 0; grey16 && y < height; y++) widen_grey16(rgb + y * width * 3, width);
    return FOVEA_CODEC_OK;
}

fovea_codec_status fovea_png_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    session self = opened(bytes, count, detail);
    fovea_codec_status status;
    if (setjmp(self.escape)) {
        status = self.truncated ? FOVEA_CODEC_TRUNCATED : FOVEA_CODEC_DAMAGED;
    } else {
        status = read_header(&self);
        if (status == FOVEA_CODEC_OK) {
            if (png_get_image_width(self.decoder, self.info) != size.width
                || png_get_image_height(self.decoder, self.info) != size.height) {
                status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
            } else {
                status = read_rows(&self, size, rgb);
            }
        }
    }
    close_session(&self);
    return status;
}
