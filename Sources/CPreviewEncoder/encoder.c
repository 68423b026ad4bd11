#include "CPreviewEncoder.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

typedef struct {
    struct jpeg_compress_struct encoder;
    struct jpeg_error_mgr errors;
    jmp_buf escape;
    unsigned char *file;
    unsigned long count;
} session;

// The library's own handler ends the process.
static void leave(j_common_ptr encoder) {
    session *self = encoder->client_data;
    longjmp(self->escape, 1);
}

uint8_t *fovea_encode_jpeg(const uint8_t *rgb, int width, int height, int quality, size_t *count) {
    // On the heap, because what a longjmp leaves in locals is undefined.
    session *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    self->encoder.err = jpeg_std_error(&self->errors);
    self->errors.error_exit = leave;
    self->encoder.client_data = self;
    if (setjmp(self->escape)) {
        jpeg_destroy_compress(&self->encoder);
        free(self->file);
        free(self);
        return NULL;
    }
    jpeg_create_compress(&self->encoder);
    jpeg_mem_dest(&self->encoder, &self->file, &self->count);
    self->encoder.image_width = (JDIMENSION)width;
    self->encoder.image_height = (JDIMENSION)height;
    self->encoder.input_components = 3;
    self->encoder.in_color_space = JCS_RGB;
    jpeg_set_defaults(&self->encoder);
    jpeg_set_quality(&self->encoder, quality, TRUE);
    jpeg_start_compress(&self->encoder, TRUE);
    while (self->encoder.next_scanline < self->encoder.image_height) {
        JSAMPROW row = (JSAMPROW)(rgb + (size_t)self->encoder.next_scanline * (size_t)width * 3);
        jpeg_write_scanlines(&self->encoder, &row, 1);
    }
    jpeg_finish_compress(&self->encoder);
    jpeg_destroy_compress(&self->encoder);
    uint8_t *file = self->file;
    *count = self->count;
    free(self);
    return file;
}
