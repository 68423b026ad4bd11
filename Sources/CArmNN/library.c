#include "CArmNN.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>  // defines __GLIBC__

#if defined(__GLIBC__)
#include <malloc.h>
#endif

static void describe(char *error, size_t capacity) {
    const char *message = dlerror();
    snprintf(error, capacity, "%s", message ? message : "no reason given");
}

/// Finds one of the shim's calls; remembers in `missing` that one was not there.
static void *find(void *library, const char *name, const char **missing) {
    void *address = dlsym(library, name);
    if (!address && !*missing) *missing = name;
    return address;
}

const fovea_armnn_api *fovea_armnn_open(const char *path, char *error, size_t capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        describe(error, capacity);
        return NULL;
    }
    uint32_t (*abi_version)(void) = (uint32_t(*)(void))dlsym(library, "fovea_armnn_abi_version");
    if (!abi_version) {
        describe(error, capacity);
        dlclose(library);
        return NULL;
    }
    if (abi_version() != FOVEA_ARMNN_ABI) {
        snprintf(
            error, capacity, "it has version %u of the interface, version %u is needed", abi_version(),
            FOVEA_ARMNN_ABI);
        return NULL;
    }
    const char *missing = NULL;
#define TYPE(call) __typeof__(((fovea_armnn_api *)0)->call)
#define FIND(call) .call = (TYPE(call))find(library, "fovea_armnn_" #call, &missing)
    const fovea_armnn_api calls = {
        FIND(version),      FIND(features), FIND(set_log),    FIND(create),          FIND(backends),
        FIND(load),         FIND(run),      FIND(network_id), FIND(network_is_fp16), FIND(tensor_count),
        FIND(tensor),       FIND(unload),   FIND(destroy),
    };
#undef FIND
#undef TYPE
    if (missing) {
        snprintf(error, capacity, "it has no %s", missing);
        return NULL;
    }
    fovea_armnn_api *api = malloc(sizeof *api);
    if (!api) {
        snprintf(error, capacity, "out of memory");
        return NULL;
    }
    *api = calls;
    return api;
}

int fovea_armnn_can_open(const char *name, char *error, size_t capacity) {
    if (dlopen(name, RTLD_LAZY | RTLD_LOCAL)) return 1;
    describe(error, capacity);
    return 0;
}

void fovea_armnn_trim_heap(void) {
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}
