#include "CNVML.h"

#include <dlfcn.h>
#include <string.h>

typedef struct nvml_device *nvml_device;

typedef struct {
    unsigned long long total, free, used;
} nvml_memory;

typedef struct {
    unsigned gpu, memory;
} nvml_utilization;

/// NVML_SUCCESS.
enum { SUCCESS = 0 };

typedef struct {
    int (*init)(void);
    int (*shutdown)(void);
    int (*driver_version)(char *, unsigned);
    int (*count)(unsigned *);
    int (*handle)(unsigned, nvml_device *);
    int (*name)(nvml_device, char *, unsigned);
    int (*memory)(nvml_device, nvml_memory *);
    int (*utilization)(nvml_device, nvml_utilization *);
    int (*capability)(nvml_device, int *, int *);
} nvml;

static int load(void *library, nvml *calls) {
    *(void **)&calls->init = dlsym(library, "nvmlInit_v2");
    *(void **)&calls->shutdown = dlsym(library, "nvmlShutdown");
    *(void **)&calls->driver_version = dlsym(library, "nvmlSystemGetDriverVersion");
    *(void **)&calls->count = dlsym(library, "nvmlDeviceGetCount_v2");
    *(void **)&calls->handle = dlsym(library, "nvmlDeviceGetHandleByIndex_v2");
    *(void **)&calls->name = dlsym(library, "nvmlDeviceGetName");
    *(void **)&calls->memory = dlsym(library, "nvmlDeviceGetMemoryInfo");
    *(void **)&calls->utilization = dlsym(library, "nvmlDeviceGetUtilizationRates");
    *(void **)&calls->capability = dlsym(library, "nvmlDeviceGetCudaComputeCapability");
    return calls->init && calls->shutdown && calls->driver_version && calls->count && calls->handle && calls->name
        && calls->memory && calls->utilization && calls->capability;
}

static void ask(const nvml *calls, unsigned index, fovea_nvml_gpu *gpu) {
    memset(gpu, 0, sizeof *gpu);
    gpu->memory_bytes = gpu->used_bytes = -1;
    gpu->busy_percent = gpu->capability_major = gpu->capability_minor = -1;
    nvml_device device;
    if (calls->handle(index, &device) != SUCCESS) return;
    if (calls->name(device, gpu->name, sizeof gpu->name) != SUCCESS) gpu->name[0] = 0;
    gpu->name[sizeof gpu->name - 1] = 0;
    nvml_memory memory;
    if (calls->memory(device, &memory) == SUCCESS) {
        gpu->memory_bytes = (long long)memory.total;
        gpu->used_bytes = (long long)memory.used;
    }
    nvml_utilization utilization;
    if (calls->utilization(device, &utilization) == SUCCESS) gpu->busy_percent = (int)utilization.gpu;
    int major, minor;
    if (calls->capability(device, &major, &minor) == SUCCESS) {
        gpu->capability_major = major;
        gpu->capability_minor = minor;
    }
}

int fovea_nvml_read(const char *path, char *driver, size_t driver_capacity, fovea_nvml_gpu *gpus, int capacity) {
    if (driver_capacity > 0) driver[0] = 0;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) return -1;
    nvml calls;
    if (!load(library, &calls) || calls.init() != SUCCESS) {
        dlclose(library);
        return -1;
    }
    if (driver_capacity > 0) {
        if (calls.driver_version(driver, (unsigned)driver_capacity) != SUCCESS) driver[0] = 0;
        driver[driver_capacity - 1] = 0;
    }
    unsigned count = 0;
    int result = calls.count(&count) == SUCCESS ? (int)count : -1;
    for (int index = 0; index < result && index < capacity; index++) ask(&calls, (unsigned)index, &gpus[index]);
    calls.shutdown();
    dlclose(library);
    return result;
}
