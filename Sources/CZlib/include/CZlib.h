// The part of the system's zlib that reads wheels.
#ifndef FOVEA_CZLIB_H
#define FOVEA_CZLIB_H

#include <zlib.h>

/// Starts reading deflated data without zlib's own header, as ZIP files have it.
/// zlib's call is a macro, which Swift does not see.
int fovea_inflate_init(z_stream *stream);

/// Starts writing such data; for tests.
int fovea_deflate_init(z_stream *stream);

#endif
