#ifndef FOVEA_CONNXRUNTIME_H
#define FOVEA_CONNXRUNTIME_H

#include "OrtApi.h"
#include "OrtConstants.h"

/// Opens ONNX Runtime's library and asks it for its entry point.
///
/// The library stays open for the life of the process: it has threads and
/// thread-local state that cannot be unloaded.
///
/// @param path A path, or a bare name for the system's search path.
/// @param error Where a failure is described: at most `capacity` bytes, ended by NUL.
/// @return NULL where the library cannot be opened or is none of ONNX Runtime.
const OrtApiBase *fovea_ort_open(const char *path, char *error, size_t capacity);

/// Opens a library that others link by name, and leaves it open. Does nothing
/// where that fails: the system may have another by that name.
void fovea_preload(const char *path);

/// Gives free heap memory back to the system. glibc keeps what an unloaded
/// model took until it is asked to (measured: 390 MB of a 350 MB model).
void fovea_trim_heap(void);

/// Unmaps the pages of programs and libraries that hold code; such as are needed
/// again come back from the page cache. Most of what a program maps at its start
/// it never runs again, and the system takes back last what is mapped.
void fovea_release_code(void);

/// Has the C library give blocks of more than `kept` bytes back to the system as
/// soon as they are freed, and keep few heaps. A service that decodes pictures
/// of all sizes on many threads otherwise keeps what the largest of them took,
/// for each thread. What is given back has to be cleared anew, so that blocks of
/// a usual size had better be kept.
void fovea_bound_heap(int kept);

/// How the calling thread treats denormal numbers; opaque.
typedef uint64_t fovea_float_mode;

/// Makes the calling thread treat denormal numbers as zero, as the engine's
/// own threads do.
/// @return The mode before, for fovea_restore_float_mode.
fovea_float_mode fovea_flush_denormals(void);

/// The calling thread's mode.
fovea_float_mode fovea_get_float_mode(void);

/// Puts the calling thread back into a mode it was in before.
void fovea_restore_float_mode(fovea_float_mode mode);

#endif
