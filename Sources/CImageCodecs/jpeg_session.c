#include "jpeg_session.h"

#include <jerror.h>
#include <string.h>

// A file of a few kilobytes can ask for thousands of passes over a large
// picture. Encoders write about ten, so that 100 are allowed, and for a picture
// of many pixels 20.
static int most_scans(uint64_t pixels) {
    uint64_t scans = UINT64_C(3200000000) / (pixels + 1);
    return scans < 20 ? 20 : scans > 100 ? 100 : (int)scans;
}

static void leave(j_common_ptr decoder) {
    jpeg_session *self = decoder->client_data;
    char text[JMSG_LENGTH_MAX];
    decoder->err->format_message(decoder, text);
    fovea_failed(self->detail, FOVEA_CODEC_DAMAGED, text);
    longjmp(self->escape, 1);
}

// Warnings are about damage that leaves a picture to show, so they pass.
static void ignore_warning(j_common_ptr decoder, int level) {
    (void)decoder;
    (void)level;
}

static void print_nothing(j_common_ptr decoder) { (void)decoder; }

static void do_nothing(j_decompress_ptr decoder) { (void)decoder; }

// Asking for more than the file has suspends the decoder, which is how a
// truncated file is told from a damaged one.
static boolean no_more_input(j_decompress_ptr decoder) {
    jpeg_session *self = decoder->client_data;
    if (self->leaves_at_end) {
        self->reached_end = true;
        longjmp(self->escape, 1);
    }
    return FALSE;
}

static void skip_input(j_decompress_ptr decoder, long count) {
    struct jpeg_source_mgr *source = decoder->src;
    if (count <= 0) return;
    size_t step = (size_t)count < source->bytes_in_buffer ? (size_t)count : source->bytes_in_buffer;
    source->next_input_byte += step;
    source->bytes_in_buffer -= step;
}

static void count_scans(j_common_ptr decoder) {
    jpeg_session *self = decoder->client_data;
    j_decompress_ptr file = (j_decompress_ptr)decoder;
    if (file->input_scan_number > most_scans((uint64_t)file->image_width * file->image_height)) {
        self->too_many_scans = true;
        longjmp(self->escape, 1);
    }
}

void jpeg_session_prepare(
    jpeg_session *self, const uint8_t *bytes, size_t count, fovea_codec_detail *detail) {
    memset(self, 0, sizeof *self);
    self->detail = detail;
    self->decoder.err = jpeg_std_error(&self->errors);
    self->errors.error_exit = leave;
    self->errors.emit_message = ignore_warning;
    self->errors.output_message = print_nothing;
    self->decoder.client_data = self;
    self->source.next_input_byte = bytes;
    self->source.bytes_in_buffer = count;
    self->source.init_source = do_nothing;
    self->source.fill_input_buffer = no_more_input;
    self->source.skip_input_data = skip_input;
    self->source.resync_to_restart = jpeg_resync_to_restart;
    self->source.term_source = do_nothing;
    self->progress.progress_monitor = count_scans;
}

fovea_codec_status jpeg_session_read_header(jpeg_session *self) {
    j_decompress_ptr decoder = &self->decoder;
    jpeg_create_decompress(decoder);
    decoder->src = &self->source;
    decoder->progress = &self->progress;
    if (jpeg_read_header(decoder, TRUE) != JPEG_HEADER_OK) return FOVEA_CODEC_TRUNCATED;
    if (decoder->num_components != 1 && decoder->num_components != 3 && decoder->num_components != 4) {
        return fovea_failed(
            self->detail, FOVEA_CODEC_UNSUPPORTED, "it has neither 1, 3 nor 4 colour components");
    }
    return FOVEA_CODEC_OK;
}

fovea_codec_status jpeg_session_status_after_escape(const jpeg_session *self) {
    if (self->reached_end) return FOVEA_CODEC_TRUNCATED;
    return self->too_many_scans
        ? fovea_failed(self->detail, FOVEA_CODEC_TOO_COSTLY, "it is stored in too many scans")
        : FOVEA_CODEC_DAMAGED;
}
