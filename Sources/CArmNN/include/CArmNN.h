#ifndef FOVEA_CARMNN_H
#define FOVEA_CARMNN_H

#include "FoveaArmNNShim.h"

/// The calls of libfovea_armnn.so, by their names in FoveaArmNNShim.h.
typedef struct fovea_armnn_api {
    const char *_Nonnull (*_Nonnull version)(void);
    uint32_t (*_Nonnull features)(void);
    void (*_Nonnull set_log)(fovea_armnn_log _Nullable);
    int32_t (*_Nonnull create)(
        const fovea_armnn_runtime_options *_Nonnull, fovea_armnn_runtime *_Nullable *_Nonnull,
        char *_Nonnull, size_t);
    void (*_Nonnull backends)(const fovea_armnn_runtime *_Nonnull, char *_Nonnull, size_t);
    int32_t (*_Nonnull load)(
        fovea_armnn_runtime *_Nonnull, const fovea_armnn_load_options *_Nonnull,
        fovea_armnn_network *_Nullable *_Nonnull, char *_Nonnull, size_t);
    int32_t (*_Nonnull network_id)(const fovea_armnn_network *_Nonnull);
    int32_t (*_Nonnull network_is_fp16)(const fovea_armnn_network *_Nonnull);
    size_t (*_Nonnull tensor_count)(const fovea_armnn_network *_Nonnull, int32_t);
    int32_t (*_Nonnull tensor)(
        const fovea_armnn_network *_Nonnull, int32_t, size_t, fovea_armnn_tensor_info *_Nonnull);
    int32_t (*_Nonnull run)(
        fovea_armnn_network *_Nonnull, const void *_Nullable const *_Nonnull, size_t,
        void *_Nullable const *_Nonnull, size_t, char *_Nonnull, size_t);
    void (*_Nonnull unload)(fovea_armnn_network *_Nonnull);
    void (*_Nonnull destroy)(fovea_armnn_runtime *_Nonnull);
} fovea_armnn_api;

/// Opens the shim and finds its calls. The library stays open for the life of
/// the process: Arm NN registers itself in places that nothing takes it out of.
///
/// @param path The file.
/// @param error Where a failure is described: at most `capacity` bytes, ended by NUL.
/// @return NULL where the file cannot be opened, is no shim, or is one for
/// another version of Fovea. The table belongs to the caller, for ever.
const fovea_armnn_api *_Nullable fovea_armnn_open(
    const char *_Nonnull path, char *_Nonnull error, size_t capacity);

/// Whether the system finds and opens a library of this name, or at this path.
/// It stays open, as what needs it opens it by name again.
///
/// @param error Where a failure is described: at most `capacity` bytes, ended by NUL.
int fovea_armnn_can_open(const char *_Nonnull name, char *_Nonnull error, size_t capacity);

/// Gives free heap memory back to the system, which glibc does only when asked.
void fovea_armnn_trim_heap(void);

#endif
