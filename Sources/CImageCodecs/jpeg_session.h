#ifndef FOVEA_JPEG_SESSION_H
#define FOVEA_JPEG_SESSION_H

#include "support.h"

#include <jpeglib.h>
#include <setjmp.h>
#include <stdbool.h>

/// A file that is being read. libjpeg reports errors by a jump to `escape`.
typedef struct {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    fovea_codec_detail *detail;
    bool too_many_scans;
    /// Whether the end of the file is to be reported by a jump too, because
    /// what is called does not tell that it was reached.
    bool leaves_at_end;
    bool reached_end;
} jpeg_session;

/// Fills in everything that cannot fail; `jpeg_create_decompress` can.
void jpeg_session_prepare(
    jpeg_session *self, const uint8_t *bytes, size_t count, fovea_codec_detail *detail);

/// Reads up to the first scan. To be called where `escape` is set.
fovea_codec_status jpeg_session_read_header(jpeg_session *self);

/// What a jump to `escape` means.
fovea_codec_status jpeg_session_status_after_escape(const jpeg_session *self);

#endif
