#define _GNU_SOURCE
#include "support.h"

#include <libheif/heif.h>
#include <stdbool.h>
#include <string.h>

typedef struct {
    struct heif_context *context;
    struct heif_image_handle *handle;
} session;

static fovea_codec_status failed(struct heif_error error, fovea_codec_detail *detail) {
    switch (error.subcode) {
    case heif_suberror_End_of_data: return FOVEA_CODEC_TRUNCATED;
    case heif_suberror_Security_limit_exceeded:
        return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, error.message);
    default: break;
    }
    switch (error.code) {
    case heif_error_Unsupported_feature:
    case heif_error_Unsupported_filetype:
        return fovea_failed(detail, FOVEA_CODEC_UNSUPPORTED, error.message);
    case heif_error_Memory_allocation_error:
        return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, error.message);
    default: return fovea_failed(detail, FOVEA_CODEC_DAMAGED, error.message);
    }
}

// Whether an item's entry (`infe`, version 2 or 3) says that it is coded as
// AV1. Such files are AVIF and say so in front. Under another name the library
// would decode them, too, but leaks its input where the AV1 decoder fails.
static bool holds_av1(const uint8_t *bytes, size_t count) {
    const uint8_t *end = bytes + count;
    while ((bytes = memmem(bytes, (size_t)(end - bytes), "infe", 4))) {
        size_t left = (size_t)(end - bytes);
        if (left >= 16 && memcmp(bytes + 12, "av01", 4) == 0) return true;
        if (left >= 18 && memcmp(bytes + 14, "av01", 4) == 0) return true;
        bytes += 4;
    }
    return false;
}

static fovea_codec_status open_primary_image(
    session *self, const uint8_t *bytes, size_t count, fovea_codec_detail *detail) {
    memset(self, 0, sizeof *self);
    if (holds_av1(bytes, count)) {
        return fovea_failed(detail, FOVEA_CODEC_UNSUPPORTED, "it is an AVIF by another name");
    }
    self->context = heif_context_alloc();
    if (!self->context) return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    struct heif_error error =
        heif_context_read_from_memory_without_copy(self->context, bytes, count, NULL);
    if (error.code == heif_error_Ok) {
        error = heif_context_get_primary_image_handle(self->context, &self->handle);
    }
    return error.code == heif_error_Ok ? FOVEA_CODEC_OK : failed(error, detail);
}

static void close_session(session *self) {
    if (self->handle) heif_image_handle_release(self->handle);
    if (self->context) heif_context_free(self->context);
}

// The size before any rotation that the file asks for, since none is applied.
static fovea_codec_size stored_size(const session *self) {
    return (fovea_codec_size){
        .width = heif_image_handle_get_ispe_width(self->handle),
        .height = heif_image_handle_get_ispe_height(self->handle),
    };
}

fovea_codec_status fovea_heic_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    session self;
    fovea_codec_status status = open_primary_image(&self, bytes, count, detail);
    if (status == FOVEA_CODEC_OK) *size = stored_size(&self);
    close_session(&self);
    return status;
}

static fovea_codec_status read_pixels(
    session *self, fovea_codec_size size, uint8_t *rgb, fovea_codec_detail *detail) {
    struct heif_decoding_options *options = heif_decoding_options_alloc();
    if (!options) return fovea_failed(detail, FOVEA_CODEC_TOO_COSTLY, "no memory");
    options->ignore_transformations = 1;
    options->convert_hdr_to_8bit = 1;
    struct heif_image *image = NULL;
    struct heif_error error = heif_decode_image(
        self->handle, &image, heif_colorspace_RGB, heif_chroma_interleaved_RGB, options);
    heif_decoding_options_free(options);
    if (error.code != heif_error_Ok) return failed(error, detail);

    fovea_codec_status status = FOVEA_CODEC_OK;
    int stride = 0;
    const uint8_t *pixels = heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    if (!pixels || heif_image_get_width(image, heif_channel_interleaved) != size.width
        || heif_image_get_height(image, heif_channel_interleaved) != size.height
        || stride < size.width * 3) {
        status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its pixels are not of the size it says");
    }
    for (int64_t y = 0; status == FOVEA_CODEC_OK && y < size.height; y++) {
        memcpy(rgb + y * size.width * 3, pixels + y * stride, (size_t)size.width * 3);
    }
    heif_image_release(image);
    return status;
}

fovea_codec_status fovea_heic_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    session self;
    fovea_codec_status status = open_primary_image(&self, bytes, count, detail);
    if (status == FOVEA_CODEC_OK) {
        fovea_codec_size now = stored_size(&self);
        status = now.width == size.width && now.height == size.height
            ? read_pixels(&self, size, rgb, detail)
            : fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
    }
    close_session(&self);
    return status;
}
