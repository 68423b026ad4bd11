#include "support.h"

#include <gif_lib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const uint8_t *bytes;
    size_t left;
    bool ran_out;
} input;

typedef struct {
    input input;
    GifFileType *decoder;
    // Index that the canvas starts with, and the colours of all indices.
    uint8_t background;
    uint8_t palette[256][3];
    fovea_codec_size canvas;
} session;

static int read_input(GifFileType *decoder, GifByteType *out, int count) {
    input *source = decoder->UserData;
    size_t step = (size_t)count < source->left ? (size_t)count : source->left;
    if (step < (size_t)count) source->ran_out = true;
    memcpy(out, source->bytes, step);
    source->bytes += step;
    source->left -= step;
    return (int)step;
}

static fovea_codec_status failed(const session *self, int code, fovea_codec_detail *detail) {
    if (self->input.ran_out) return FOVEA_CODEC_TRUNCATED;
    const char *text = GifErrorString(code);
    return fovea_failed(detail, FOVEA_CODEC_DAMAGED, text ? text : "its blocks are out of order");
}

// Reads the extensions in front of a frame for the index that is transparent:
// the canvas is filled with it, and so shows its colour where the frame does
// not reach.
static bool read_extension(session *self) {
    int code;
    GifByteType *block;
    if (DGifGetExtension(self->decoder, &code, &block) == GIF_ERROR) return false;
    if (code == GRAPHICS_EXT_FUNC_CODE && block && block[0] >= 4 && (block[1] & 1)) {
        self->background = block[4];
    }
    while (block) {
        if (DGifGetExtensionNext(self->decoder, &block) == GIF_ERROR) return false;
    }
    return true;
}

static void read_palette(session *self) {
    const ColorMapObject *colours = self->decoder->Image.ColorMap;
    if (!colours) colours = self->decoder->SColorMap;
    bool is_grey_ramp = true;
    for (int i = 0; colours && i < colours->ColorCount && i < 256; i++) {
        const GifColorType *colour = &colours->Colors[i];
        self->palette[i][0] = colour->Red;
        self->palette[i][1] = colour->Green;
        self->palette[i][2] = colour->Blue;
        is_grey_ramp = is_grey_ramp && colour->Red == i && colour->Green == i && colour->Blue == i;
    }
    // No colours, or a ramp of greys: indices are greys, all 256 of them.
    for (int i = 0; is_grey_ramp && i < 256; i++) memset(self->palette[i], i, 3);
}

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

// Opens the file and reads up to the first frame's pixels.
static fovea_codec_status open_first_frame(
    session *self, const uint8_t *bytes, size_t count, fovea_codec_detail *detail) {
    int code = 0;
    memset(self, 0, sizeof *self);
    self->input.bytes = bytes;
    self->input.left = count;
    self->decoder = DGifOpen(&self->input, read_input, &code);
    if (!self->decoder) return failed(self, code, detail);
    for (;;) {
        GifRecordType type;
        if (DGifGetRecordType(self->decoder, &type) == GIF_ERROR) break;
        if (type == TERMINATE_RECORD_TYPE) {
            return fovea_failed(detail, FOVEA_CODEC_DAMAGED, "it has no frames");
        }
        if (type == EXTENSION_RECORD_TYPE) {
            if (!read_extension(self)) break;
        } else if (type == IMAGE_DESC_RECORD_TYPE) {
            if (DGifGetImageDesc(self->decoder) == GIF_ERROR) break;
            const GifImageDesc *frame = &self->decoder->Image;
            self->canvas.width = larger(self->decoder->SWidth, (int64_t)frame->Left + frame->Width);
            self->canvas.height = larger(self->decoder->SHeight, (int64_t)frame->Top + frame->Height);
            read_palette(self);
            return FOVEA_CODEC_OK;
        }
    }
    return failed(self, self->decoder->Error, detail);
}

static void close_session(session *self) {
    int code;
    if (self->decoder) DGifCloseFile(self->decoder, &code);
}

fovea_codec_status fovea_gif_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    session self;
    fovea_codec_status status = open_first_frame(&self, bytes, count, detail);
    *size = self.canvas;
    close_session(&self);
    return status;
}

static void paint(const session *self, const uint8_t *indices, size_t count, uint8_t *rgb) {
    for (size_t i = 0; i < count; i++) memcpy(rgb + i * 3, self->palette[indices[i]], 3);
}

static fovea_codec_status read_frame(session *self, uint8_t *row, uint8_t *rgb, fovea_codec_detail *detail) {
    size_t canvas_width = (size_t)self->canvas.width;
    memset(row, self->background, canvas_width);
    for (int64_t y = 0; y < self->canvas.height; y++) {
        paint(self, row, canvas_width, rgb + (size_t)y * canvas_width * 3);
    }
    const GifImageDesc *frame = &self->decoder->Image;
    static const int starts[] = {0, 4, 2, 1}, steps[] = {8, 8, 4, 2};
    for (int pass = 0; pass < (frame->Interlace ? 4 : 1); pass++) {
        int step = frame->Interlace ? steps[pass] : 1;
        for (int y = frame->Interlace ? starts[pass] : 0; y < frame->Height; y += step) {
            if (frame->Width == 0) return FOVEA_CODEC_OK;
            if (DGifGetLine(self->decoder, row, frame->Width) == GIF_ERROR) {
                // A frame may end before its last row; the canvas stays.
                if (self->decoder->Error == D_GIF_ERR_EOF_TOO_SOON && !self->input.ran_out) {
                    return FOVEA_CODEC_OK;
                }
                return failed(self, self->decoder->Error, detail);
            }
            size_t start = ((size_t)(frame->Top + y) * canvas_width + (size_t)frame->Left) * 3;
            paint(self, row, (size_t)frame->Width, rgb + start);
        }
    }
    return FOVEA_CODEC_OK;
}

fovea_codec_status fovea_gif_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    session self;
    fovea_codec_status status = open_first_frame(&self, bytes, count, detail);
    if (status == FOVEA_CODEC_OK) {
        uint8_t *row = malloc((size_t)size.width);
        if (!row) {
            status = FOVEA_CODEC_TOO_COSTLY;
        } else if (self.canvas.width != size.width || self.canvas.height != size.height) {
            status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
        } else {
            status = read_frame(&self, row, rgb, detail);
        }
        free(row);
    }
    close_session(&self);
    return status;
}
