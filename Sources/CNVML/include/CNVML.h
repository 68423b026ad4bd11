#ifndef FOVEA_CNVML_H
#define FOVEA_CNVML_H

#include <stddef.h>

// The part of NVIDIA's management library (libnvidia-ml.so.1, which comes with
// the driver) that Fovea asks, declared anew after its documentation
// (docs.nvidia.com/deploy/nvml-api).

/// What the library says of a GPU. Numbers below 0 are not known.
typedef struct {
    char name[96];
    long long memory_bytes;
    long long used_bytes;
    /// How busy it was in the last moments, in percent.
    int busy_percent;
    int capability_major;
    int capability_minor;
} fovea_nvml_gpu;

/// Asks for all GPUs, in the order of their bus addresses.
///
/// Opens the library and closes it again. Wakes sleeping cards.
///
/// @param path The library's path, or a bare name for the system's search path.
/// @param driver Where the driver's version is written: at most `driver_capacity` bytes, ended by NUL.
/// @param gpus Where to write at most `capacity` of them.
/// @return How many there are; -1 where the library cannot be opened or does not start.
int fovea_nvml_read(const char *path, char *driver, size_t driver_capacity, fovea_nvml_gpu *gpus, int capacity);

#endif
