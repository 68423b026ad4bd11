#include "support.h"
#include "tiff_samples.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

typedef struct {
    const uint8_t *bytes;
    size_t count;
    uint64_t position;
    bool ran_out;
    fovea_codec_detail *detail;
} input;

static tmsize_t read_input(thandle_t handle, void *out, tmsize_t count) {
    input *self = handle;
    if (count <= 0) return 0;
    uint64_t left = self->position < self->count ? self->count - self->position : 0;
    if ((uint64_t)count > left) {
        self->ran_out = true;
        count = (tmsize_t)left;
    }
    if (count > 0) memcpy(out, self->bytes + self->position, (size_t)count);
    self->position += (uint64_t)count;
    return count;
}

static tmsize_t write_nothing(thandle_t handle, void *bytes, tmsize_t count) {
    (void)handle;
    (void)bytes;
    (void)count;
    return 0;
}

static toff_t seek_input(thandle_t handle, toff_t offset, int from) {
    input *self = handle;
    switch (from) {
    case SEEK_SET: self->position = offset; break;
    case SEEK_CUR: self->position += offset; break;
    case SEEK_END: self->position = self->count + offset; break;
    default: return (toff_t)-1;
    }
    return self->position;
}

static int close_nothing(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t input_size(thandle_t handle) { return ((input *)handle)->count; }

static int note_error(TIFF *file, void *user, const char *module, const char *format, va_list values) {
    (void)file;
    (void)module;
    fovea_codec_detail *detail = user;
    vsnprintf(detail->text, sizeof detail->text, format, values);
    return 1;
}

static int ignore_warning(TIFF *file, void *user, const char *module, const char *format, va_list values) {
    (void)file;
    (void)user;
    (void)module;
    (void)format;
    (void)values;
    return 1;
}

/// `most_memory` bounds any single allocation that the file's tags can ask for.
static TIFF *open_file(input *source, int64_t most_memory) {
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options) return NULL;
    TIFFOpenOptionsSetErrorHandlerExtR(options, note_error, source->detail);
    TIFFOpenOptionsSetWarningHandlerExtR(options, ignore_warning, NULL);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, most_memory);
    // "m": no memory mapping, since reads past the end must be noticed.
    TIFF *file = TIFFClientOpenExt(
        "picture", "rm", source, read_input, write_nothing, seek_input, close_nothing, input_size,
        NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return file;
}

static fovea_codec_status failed(const input *source) {
    return source->ran_out ? FOVEA_CODEC_TRUNCATED : FOVEA_CODEC_DAMAGED;
}

static bool compression_is_handled(uint16_t compression) {
    static const uint16_t handled[] = {
        COMPRESSION_NONE, COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4,
        COMPRESSION_LZW, COMPRESSION_OJPEG, COMPRESSION_JPEG, COMPRESSION_ADOBE_DEFLATE,
        COMPRESSION_PACKBITS, COMPRESSION_DEFLATE, COMPRESSION_LZMA, COMPRESSION_ZSTD,
        COMPRESSION_WEBP,
    };
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++) {
        if (handled[i] == compression) return TIFFIsCODECConfigured(compression);
    }
    return false;
}

static fovea_codec_status read_layout(TIFF *file, tiff_layout *layout, fovea_codec_detail *detail) {
    memset(layout, 0, sizeof *layout);
    uint16_t *extra = NULL;
    uint16_t extra_count = 0;
    if (!TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &layout->width)
        || !TIFFGetField(file, TIFFTAG_IMAGELENGTH, &layout->height)) {
        return fovea_failed(detail, FOVEA_CODEC_DAMAGED, "it does not say its size");
    }
    TIFFGetFieldDefaulted(file, TIFFTAG_COMPRESSION, &layout->compression);
    TIFFGetFieldDefaulted(file, TIFFTAG_PLANARCONFIG, &layout->planar);
    TIFFGetFieldDefaulted(file, TIFFTAG_BITSPERSAMPLE, &layout->bits);
    TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLESPERPIXEL, &layout->samples);
    TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLEFORMAT, &layout->format);
    TIFFGetFieldDefaulted(file, TIFFTAG_ORIENTATION, &layout->orientation);
    if (!TIFFGetField(file, TIFFTAG_PHOTOMETRIC, &layout->photometric)) {
        layout->photometric = PHOTOMETRIC_MINISWHITE;
    }
    if (TIFFGetField(file, TIFFTAG_EXTRASAMPLES, &extra_count, &extra) && extra_count > 0) {
        layout->premultiplied = extra[0] == EXTRASAMPLE_ASSOCALPHA;
    }
    if (layout->photometric == PHOTOMETRIC_PALETTE
        && !TIFFGetField(
            file, TIFFTAG_COLORMAP, &layout->palette[0], &layout->palette[1], &layout->palette[2])) {
        return fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its palette is missing");
    }
    if (!compression_is_handled(layout->compression)) {
        return fovea_failed(detail, FOVEA_CODEC_UNSUPPORTED, "its compression is not known");
    }
    return FOVEA_CODEC_OK;
}

static bool is_turned(uint16_t orientation) {
    return orientation >= ORIENTATION_LEFTTOP && orientation <= ORIENTATION_LEFTBOT;
}

fovea_codec_status fovea_tiff_size(
    const uint8_t *bytes, size_t count, fovea_codec_size *size, fovea_codec_detail *detail) {
    input source = {.bytes = bytes, .count = count, .detail = detail};
    TIFF *file = open_file(&source, 1 << 26);
    if (!file) return failed(&source);
    tiff_layout layout;
    fovea_codec_status status = read_layout(file, &layout, detail);
    bool turned = is_turned(layout.orientation);
    size->width = turned ? layout.height : layout.width;
    size->height = turned ? layout.width : layout.height;
    TIFFClose(file);
    return status;
}

// Tiles are whole multiples of 16 pixels and may be larger than the picture,
// but not without end.
static bool tiles_are_sane(TIFF *file, const tiff_layout *layout) {
    uint32_t width = 0, height = 0;
    if (!TIFFGetField(file, TIFFTAG_TILEWIDTH, &width) || !TIFFGetField(file, TIFFTAG_TILELENGTH, &height)) {
        return false;
    }
    uint64_t room = (uint64_t)layout->width * layout->height * 4 + (1 << 22);
    return width > 0 && height > 0 && (uint64_t)width * height <= room;
}

static fovea_codec_status read_tiles(
    TIFF *file, const tiff_layout *layout, const input *source, uint8_t *rgb) {
    uint32_t tile_width = 0, tile_height = 0;
    TIFFGetField(file, TIFFTAG_TILEWIDTH, &tile_width);
    TIFFGetField(file, TIFFTAG_TILELENGTH, &tile_height);
    tmsize_t row_bytes = TIFFTileRowSize(file), tile_bytes = TIFFTileSize(file);
    if (row_bytes <= 0 || tile_bytes < row_bytes * (tmsize_t)tile_height
        || (uint64_t)row_bytes < tiff_row_bytes(layout, tile_width)) {
        return FOVEA_CODEC_DAMAGED;
    }
    // Zeroes, because the library counts a tile as read that holds more than
    // fits, and may then have written less.
    uint8_t *tile = calloc(1, (size_t)tile_bytes);
    if (!tile) return FOVEA_CODEC_TOO_COSTLY;
    fovea_codec_status status = FOVEA_CODEC_OK;
    uint16_t planes = layout->planar == PLANARCONFIG_SEPARATE ? tiff_colour_samples(layout) : 1;
    for (uint16_t plane = 0; plane < planes && status == FOVEA_CODEC_OK; plane++) {
        for (uint32_t y = 0; y < layout->height && status == FOVEA_CODEC_OK; y += tile_height) {
            for (uint32_t x = 0; x < layout->width; x += tile_width) {
                if (TIFFReadTile(file, tile, x, y, 0, plane) < 0) {
                    status = failed(source);
                    break;
                }
                uint32_t columns = layout->width - x < tile_width ? layout->width - x : tile_width;
                uint32_t rows = layout->height - y < tile_height ? layout->height - y : tile_height;
                for (uint32_t row = 0; row < rows; row++) {
                    uint8_t *out = rgb + ((size_t)(y + row) * layout->width + x) * 3;
                    tiff_convert_row(layout, tile + (tmsize_t)row * row_bytes, plane, columns, out);
                }
            }
        }
    }
    free(tile);
    return status;
}

static fovea_codec_status read_strips(
    TIFF *file, const tiff_layout *layout, const input *source, uint8_t *rgb) {
    tmsize_t row_bytes = TIFFScanlineSize(file);
    if (row_bytes <= 0 || (uint64_t)row_bytes < tiff_row_bytes(layout, layout->width)) {
        return FOVEA_CODEC_DAMAGED;
    }
    uint8_t *row = calloc(1, (size_t)row_bytes);
    if (!row) return FOVEA_CODEC_TOO_COSTLY;
    fovea_codec_status status = FOVEA_CODEC_OK;
    uint16_t planes = layout->planar == PLANARCONFIG_SEPARATE ? tiff_colour_samples(layout) : 1;
    for (uint16_t plane = 0; plane < planes && status == FOVEA_CODEC_OK; plane++) {
        for (uint32_t y = 0; y < layout->height; y++) {
            if (TIFFReadScanline(file, row, y, plane) < 0) {
                status = failed(source);
                break;
            }
            uint8_t *out = rgb + (size_t)y * layout->width * 3;
            tiff_convert_row(layout, row, plane, layout->width, out);
        }
    }
    free(row);
    return status;
}

// Colours stored as brightness and two coarser differences are left to the
// library, which gives whole pictures only.
static fovea_codec_status read_subsampled(
    TIFF *file, const tiff_layout *layout, const input *source, uint8_t *rgb) {
    TIFFRGBAImage image;
    char text[1024] = "";
    size_t pixels = (size_t)layout->width * layout->height;
    if (!TIFFRGBAImageOK(file, text) || !TIFFRGBAImageBegin(&image, file, 1, text)) {
        return fovea_failed(source->detail, FOVEA_CODEC_UNSUPPORTED, text);
    }
    // Asking for the order that the file has keeps rows as they are stored.
    image.req_orientation = image.orientation;
    uint32_t *raster = calloc(pixels, sizeof *raster);
    fovea_codec_status status = FOVEA_CODEC_OK;
    if (!raster) {
        status = FOVEA_CODEC_TOO_COSTLY;
    } else if (!TIFFRGBAImageGet(&image, raster, layout->width, layout->height)) {
        status = failed(source);
    }
    for (size_t i = 0; status == FOVEA_CODEC_OK && i < pixels; i++) {
        rgb[i * 3] = (uint8_t)TIFFGetR(raster[i]);
        rgb[i * 3 + 1] = (uint8_t)TIFFGetG(raster[i]);
        rgb[i * 3 + 2] = (uint8_t)TIFFGetB(raster[i]);
    }
    free(raster);
    TIFFRGBAImageEnd(&image);
    return status;
}

static fovea_codec_status read_pixels(
    TIFF *file, tiff_layout *layout, const input *source, uint8_t *rgb) {
    if (TIFFIsTiled(file) && !tiles_are_sane(file, layout)) {
        return fovea_failed(source->detail, FOVEA_CODEC_TOO_COSTLY, "its tiles are far larger than itself");
    }
    bool differences = layout->photometric == PHOTOMETRIC_YCBCR && layout->samples >= 3;
    if (layout->compression == COMPRESSION_OJPEG) differences = true;
    if (differences && layout->compression == COMPRESSION_JPEG && layout->planar == PLANARCONFIG_CONTIG) {
        TIFFSetField(file, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        layout->photometric = PHOTOMETRIC_RGB;
    } else if (differences) {
        return read_subsampled(file, layout, source, rgb);
    }
    if (!tiff_layout_is_handled(layout)) {
        return fovea_failed(
            source->detail, FOVEA_CODEC_UNSUPPORTED, "its kind of colours and number of bits are not known");
    }
    return TIFFIsTiled(file) ? read_tiles(file, layout, source, rgb)
                             : read_strips(file, layout, source, rgb);
}

// Unlike with the other formats, the orientation that the file asks for is
// applied: programs that read TIFF always did so.
static void turn(const uint8_t *stored, const tiff_layout *layout, uint8_t *rgb) {
    size_t width = layout->width, height = layout->height;
    bool turned = is_turned(layout->orientation);
    size_t columns = turned ? height : width, rows = turned ? width : height;
    for (size_t y = 0; y < rows; y++) {
        for (size_t x = 0; x < columns; x++, rgb += 3) {
            size_t from_x = turned ? y : x, from_y = turned ? x : y;
            switch (layout->orientation) {
            case ORIENTATION_TOPRIGHT: from_x = width - 1 - from_x; break;
            case ORIENTATION_BOTRIGHT:
            case ORIENTATION_RIGHTBOT:
                from_x = width - 1 - from_x;
                from_y = height - 1 - from_y;
                break;
            case ORIENTATION_BOTLEFT: from_y = height - 1 - from_y; break;
            case ORIENTATION_RIGHTTOP: from_y = height - 1 - from_y; break;
            case ORIENTATION_LEFTBOT: from_x = width - 1 - from_x; break;
            default: break;
            }
            memcpy(rgb, stored + (from_y * width + from_x) * 3, 3);
        }
    }
}

fovea_codec_status fovea_tiff_decode(
    const uint8_t *bytes, size_t count, fovea_codec_size size, uint8_t *rgb,
    fovea_codec_detail *detail) {
    input source = {.bytes = bytes, .count = count, .detail = detail};
    // Room for a picture of 4 samples of 32 bits in one piece.
    TIFF *file = open_file(&source, size.width * size.height * 16 + (1 << 26));
    if (!file) return failed(&source);
    tiff_layout layout;
    fovea_codec_status status = read_layout(file, &layout, detail);
    bool turned = is_turned(layout.orientation);
    if (status == FOVEA_CODEC_OK
        && ((turned ? layout.height : layout.width) != size.width
            || (turned ? layout.width : layout.height) != size.height)) {
        status = fovea_failed(detail, FOVEA_CODEC_DAMAGED, "its size changed");
    }
    if (status == FOVEA_CODEC_OK) {
        if (layout.orientation <= ORIENTATION_TOPLEFT || layout.orientation > ORIENTATION_LEFTBOT) {
            status = read_pixels(file, &layout, &source, rgb);
        } else {
            uint8_t *stored = malloc((size_t)size.width * (size_t)size.height * 3);
            status = stored ? read_pixels(file, &layout, &source, stored) : FOVEA_CODEC_TOO_COSTLY;
            if (status == FOVEA_CODEC_OK) turn(stored, &layout, rgb);
            free(stored);
        }
    }
    TIFFClose(file);
    return status;
}
