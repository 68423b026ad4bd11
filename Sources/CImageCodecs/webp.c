#include "support.h"

#include <stdbool.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

static fovea_codec_status status_of(VP8StatusCode code) {
    switch (code) {
    case VP8_STATUS_OK: return FOVEA_CODEC_OK;
    case VP8_STATUS_NOT_ENOUGH_DATA:
    case VP8_STATUS_SUSPENDED: return FOVEA_CODEC_TRUNCATED;
    case VP8_STATUS_OUT_OF_MEMORY: return FOVEA_CODEC_TOO_COSTLY;
    case VP8_STATUS_UNSUPPORTED_FEATURE: return FOVEA_CODEC_UNSUPPORTED;
    default: return FOVEA_CODEC_DAMAGED;
    }
}

fovea_codec_status fovea_webp_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    (void)detail;
    WebPBitstreamFeatures features;
    VP8StatusCode code = WebPGetFeatures(bytes, count, &features);
    if (code != VP8_STATUS_OK) return status_of(code);
    size->width = features.width;
    size->height = features.height;
    return FOVEA_CODEC_OK;
}

static fovea_codec_status decode_still(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb) {
    WebPDecoderConfig config;
    if (!WebPInitDecoderConfig(&config)) return FOVEA_CODEC_UNSUPPORTED;
    config.output.colorspace = MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = rgb;
    config.output.u.RGBA.stride = (int)(size.width * 3);
    config.output.u.RGBA.size = (size_t)size.width * (size_t)size.height * 3;
    VP8StatusCode code = WebPDecode(bytes, count, &config);
    WebPFreeDecBuffer(&config.output);
    return status_of(code);
}

// The first frame may cover a part of the canvas; the rest is transparent
// black, which without its alpha is black.
static fovea_codec_status decode_first_frame(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    WebPData data = {.bytes = bytes, .size = count};
    WebPDemuxState state;
    WebPDemuxer *demuxer = WebPDemuxPartial(&data, &state);
    if (!demuxer) return FOVEA_CODEC_DAMAGED;
    WebPIterator frame;
    fovea_codec_status status;
    if (state != WEBP_DEMUX_DONE) {
        status = state == WEBP_DEMUX_PARSE_ERROR ? FOVEA_CODEC_DAMAGED : FOVEA_CODEC_TRUNCATED;
    } else if (!WebPDemuxGetFrame(demuxer, 1, &frame)) {
        status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "it has no frames");
    } else {
        if (frame.x_offset < 0 || frame.y_offset < 0 || frame.width <= 0 || frame.height <= 0
            || frame.x_offset + (int64_t)frame.width > size.width
            || frame.y_offset + (int64_t)frame.height > size.height) {
            status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its first frame leaves the canvas");
        } else {
            size_t stride = (size_t)size.width * 3;
            size_t start = (size_t)frame.y_offset * stride + (size_t)frame.x_offset * 3;
            memset(rgb, 0, stride * (size_t)size.height);
            WebPDecoderConfig config;
            if (!WebPInitDecoderConfig(&config)) {
                status = FOVEA_CODEC_UNSUPPORTED;
            } else {
                config.output.colorspace = MODE_RGB;
                config.output.is_external_memory = 1;
                config.output.u.RGBA.rgba = rgb + start;
                config.output.u.RGBA.stride = (int)stride;
                config.output.u.RGBA.size = stride * (size_t)size.height - start;
                status = status_of(WebPDecode(frame.fragment.bytes, frame.fragment.size, &config));
                WebPFreeDecBuffer(&config.output);
            }
        }
        WebPDemuxReleaseIterator(&frame);
    }
    WebPDemuxDelete(demuxer);
    return status;
}

fovea_codec_status fovea_webp_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    WebPBitstreamFeatures features;
    VP8StatusCode code = WebPGetFeatures(bytes, count, &features);
    if (code != VP8_STATUS_OK) return status_of(code);
    if (features.width != size.width || features.height != size.height) {
        return fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
    }
    return features.has_animation ? decode_first_frame(bytes, count, size, rgb, detail)
                                  : decode_still(bytes, count, size, rgb);
}
