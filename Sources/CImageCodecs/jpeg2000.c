#include "support.h"

#include <openjpeg-2.5/openjpeg.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
    const uint8_t *bytes;
    size_t count, position;
    bool ran_out;
    fovea_codec_detail *detail;
    opj_stream_t *stream;
    opj_codec_t *codec;
    opj_image_t *image;
} session;

static OPJ_SIZE_T read_input(void *out, OPJ_SIZE_T count, void *user) {
    session *self = user;
    size_t left = self->count - self->position;
    if (count > left) self->ran_out = true;
    if (left == 0) return (OPJ_SIZE_T)-1;
    if (count > left) count = left;
    memcpy(out, self->bytes + self->position, count);
    self->position += count;
    return count;
}

static OPJ_OFF_T skip_input(OPJ_OFF_T count, void *user) {
    session *self = user;
    if (count < 0 || (uint64_t)count > self->count - self->position) {
        self->ran_out = true;
        return -1;
    }
    self->position += (size_t)count;
    return count;
}

static OPJ_BOOL seek_input(OPJ_OFF_T position, void *user) {
    session *self = user;
    if (position < 0 || (uint64_t)position > self->count) return OPJ_FALSE;
    self->position = (size_t)position;
    return OPJ_TRUE;
}

static void note_error(const char *message, void *user) {
    session *self = user;
    size_t length = strcspn(message, "\r\n");
    snprintf(self->detail->text, sizeof self->detail->text, "%.*s", (int)length, message);
}

static void print_nothing(const char *message, void *user) {
    (void)message;
    (void)user;
}

static fovea_codec_status failed(const session *self) {
    return self->ran_out ? FOVEA_CODEC_TRUNCATED : FOVEA_CODEC_DAMAGED;
}

static uint64_t number_at(const uint8_t *bytes, int length) {
    uint64_t number = 0;
    for (int i = 0; i < length; i++) number = number << 8 | bytes[i];
    return number;
}

/// Where the codestream starts: at once, or in the box of its kind. The end of
/// the file where there is none.
static size_t codestream_start(const session *self) {
    size_t position = 0;
    while (self->count - position >= 16) {
        const uint8_t *box = self->bytes + position;
        if (box[0] == 0xFF) return position;
        uint64_t length = number_at(box, 4), header = 8;
        if (length == 1) {
            length = number_at(box + 8, 8);
            header = 16;
        }
        if (memcmp(box + 4, "jp2c", 4) == 0) return position + header;
        if (length < header || length > self->count - position) break;
        position += length;
    }
    return self->count;
}

// Reads the size without the library, which allocates ten kilobytes for every
// tile before it reads any of them; the header can ask for a thousand million.
// Tiles of 64 by 64 pixels take no more memory than the pixels do.
static fovea_codec_status read_size(const session *self, fovea_codec_size *size) {
    size_t start = codestream_start(self);
    if (self->count - start < 42) return FOVEA_CODEC_TRUNCATED;
    const uint8_t *marker = self->bytes + start + 2;
    if (number_at(marker, 2) != 0xFF51) return FOVEA_CODEC_DAMAGED;
    uint64_t right = number_at(marker + 6, 4), bottom = number_at(marker + 10, 4);
    uint64_t left = number_at(marker + 14, 4), top = number_at(marker + 18, 4);
    uint64_t tile_width = number_at(marker + 22, 4), tile_height = number_at(marker + 26, 4);
    uint64_t tiles_left = number_at(marker + 30, 4), tiles_top = number_at(marker + 34, 4);
    if (number_at(marker + 38, 2) > 4) {
        return fovea_failed(
            self->detail, FOVEA_CODEC_UNSUPPORTED, "it has more than 4 colour components");
    }
    if (right <= left || bottom <= top || tile_width == 0 || tile_height == 0 || right < tiles_left
        || bottom < tiles_top) {
        return fovea_failed(self->detail, FOVEA_CODEC_DAMAGED, "its size makes no sense");
    }
    uint64_t columns = (right - tiles_left + tile_width - 1) / tile_width;
    uint64_t rows = (bottom - tiles_top + tile_height - 1) / tile_height;
    uint64_t most = (right - left) * (bottom - top) / 4096 + 1024;
    if (columns > most || rows > most || columns * rows > most) {
        return fovea_failed(self->detail, FOVEA_CODEC_TOO_COSTLY, "it is cut into too many tiles");
    }
    *size = (fovea_codec_size){.width = (int64_t)(right - left), .height = (int64_t)(bottom - top)};
    return FOVEA_CODEC_OK;
}

static fovea_codec_status read_header(session *self) {
    bool bare = self->bytes[0] == 0xFF;
    self->codec = opj_create_decompress(bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
    self->stream = opj_stream_create(1 << 16, OPJ_TRUE);
    if (!self->codec || !self->stream) return FOVEA_CODEC_TOO_COSTLY;
    opj_set_error_handler(self->codec, note_error, self);
    opj_set_warning_handler(self->codec, print_nothing, NULL);
    opj_set_info_handler(self->codec, print_nothing, NULL);
    opj_stream_set_read_function(self->stream, read_input);
    opj_stream_set_skip_function(self->stream, skip_input);
    opj_stream_set_seek_function(self->stream, seek_input);
    opj_stream_set_user_data(self->stream, self, NULL);
    opj_stream_set_user_data_length(self->stream, self->count);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (!opj_setup_decoder(self->codec, &parameters)) return FOVEA_CODEC_DAMAGED;
    if (!opj_read_header(self->stream, self->codec, &self->image)) return failed(self);
    return FOVEA_CODEC_OK;
}

static session opened(const uint8_t *bytes, size_t count, fovea_codec_detail *detail) {
    return (session){.bytes = bytes, .count = count, .detail = detail};
}

static void close_session(session *self) {
    if (self->image) opj_image_destroy(self->image);
    if (self->stream) opj_stream_destroy(self->stream);
    if (self->codec) opj_destroy_codec(self->codec);
}

fovea_codec_status fovea_jpeg2000_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    session self = opened(bytes, count, detail);
    return read_size(&self, size);
}

/// One component's sample in `bits` bits, unsigned. Too many bits are rounded
/// off, and what rounds up beyond the largest value stays there.
static int32_t sample(const opj_image_comp_t *component, size_t x, size_t y, int bits) {
    size_t column = x / component->dx, row = y / component->dy;
    if (column >= component->w) column = component->w - 1;
    if (row >= component->h) row = component->h - 1;
    int64_t value = component->data[row * component->w + column];
    if (component->sgnd) value += INT64_C(1) << (component->prec - 1);
    int shift = bits - (int)component->prec;
    value = shift >= 0 ? value * (INT64_C(1) << shift) : (value + (INT64_C(1) << (-shift - 1))) >> -shift;
    int64_t most = (INT64_C(1) << bits) - 1;
    return (int32_t)(value < 0 ? 0 : value > most ? most : value);
}

// The usual conversion with 6 bits behind the point, each product rounded by
// itself towards zero after half is added.
static void ycc_to_rgb(const uint8_t *ycc, uint8_t *rgb) {
    double cb = (ycc[1] - 128) * 64.0, cr = (ycc[2] - 128) * 64.0;
    int offsets[3] = {
        (int)(cr * 1.402 + 0.5) >> 6,
        ((int)(cb * -0.34414 + 0.5) + (int)(cr * -0.71414 + 0.5)) >> 6,
        (int)(cb * 1.772 + 0.5) >> 6,
    };
    for (int channel = 0; channel < 3; channel++) {
        int value = ycc[0] + offsets[channel];
        rgb[channel] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

static fovea_codec_status convert(
    const opj_image_t *image, fovea_codec_size size, uint8_t *rgb, fovea_codec_detail *detail) {
    for (OPJ_UINT32 i = 0; i < image->numcomps; i++) {
        const opj_image_comp_t *component = &image->comps[i];
        if (!component->data || component->w == 0 || component->h == 0 || component->dx == 0
            || component->dy == 0 || component->prec == 0 || component->prec > 31) {
            return fovea_failed(detail, FOVEA_CODEC_DAMAGED, "a colour component is missing");
        }
    }
    OPJ_COLOR_SPACE space = image->color_space;
    bool grey = image->numcomps < 3;
    bool inks = image->numcomps == 4 && space == OPJ_CLRSPC_CMYK;
    // Deep grey is cut off at 255, not scaled, as in 16-bit PNG.
    bool deep_grey = image->numcomps == 1 && image->comps[0].prec > 8;
    for (int64_t y = 0; y < size.height; y++) {
        uint8_t *out = rgb + y * size.width * 3;
        for (int64_t x = 0; x < size.width; x++, out += 3) {
            uint8_t values[4] = {0};
            if (grey) {
                int32_t value = sample(&image->comps[0], (size_t)x, (size_t)y, deep_grey ? 16 : 8);
                memset(out, value > 255 ? 255 : value, 3);
                continue;
            }
            for (OPJ_UINT32 i = 0; i < image->numcomps; i++) {
                values[i] = (uint8_t)sample(&image->comps[i], (size_t)x, (size_t)y, 8);
            }
            if (inks) {
                fovea_cmyk_to_rgb(values, out);
            } else if (space == OPJ_CLRSPC_SYCC) {
                ycc_to_rgb(values, out);
            } else {
                memcpy(out, values, 3);
            }
        }
    }
    return FOVEA_CODEC_OK;
}

static fovea_codec_status check_kind(const opj_image_t *image, fovea_codec_detail *detail) {
    if (image->numcomps < 1 || image->numcomps > 4) {
        return fovea_failed(detail, FOVEA_CODEC_UNSUPPORTED, "it has more than 4 colour components");
    }
    if (image->color_space == OPJ_CLRSPC_EYCC || image->color_space == OPJ_CLRSPC_UNKNOWN) {
        return fovea_failed(detail, FOVEA_CODEC_UNSUPPORTED, "its colour space is unknown");
    }
    return FOVEA_CODEC_OK;
}

fovea_codec_status fovea_jpeg2000_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    session self = opened(bytes, count, detail);
    fovea_codec_size now = {0};
    fovea_codec_status status = read_size(&self, &now);
    if (status == FOVEA_CODEC_OK && (now.width != size.width || now.height != size.height)) {
        status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
    }
    if (status == FOVEA_CODEC_OK) status = read_header(&self);
    // The library may have found another header.
    if (status == FOVEA_CODEC_OK
        && ((int64_t)self.image->x1 - self.image->x0 != size.width
            || (int64_t)self.image->y1 - self.image->y0 != size.height)) {
        status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size is not clear");
    }
    if (status == FOVEA_CODEC_OK) status = check_kind(self.image, detail);
    if (status == FOVEA_CODEC_OK && !opj_decode(self.codec, self.stream, self.image)) {
        status = failed(&self);
    }
    // A palette has turned one component into several by now.
    if (status == FOVEA_CODEC_OK) status = check_kind(self.image, detail);
    if (status == FOVEA_CODEC_OK) status = convert(self.image, size, rgb, detail);
    close_session(&self);
    return status;
}
