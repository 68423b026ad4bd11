#include "CONNXRuntime.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static void describe(char *error, size_t capacity) {
    const char *message = dlerror();
    snprintf(error, capacity, "%s", message ? message : "no reason given");
}

const OrtApiBase *fovea_ort_open(const char *path, char *error, size_t capacity) {
    // The official builds report usage to their maker unless this is set
    // before they start; the call that turns it off comes too late for the
    // first report. What a photo library does is nobody else's business.
    setenv("ORT_DISABLE_TELEMETRY", "1", 1);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        describe(error, capacity);
        return NULL;
    }
    const OrtApiBase *(*entry)(void) = (const OrtApiBase *(*)(void))dlsym(library, "OrtGetApiBase");
    if (!entry) {
        describe(error, capacity);
        dlclose(library);
        return NULL;
    }
    const OrtApiBase *base = entry();
    if (!base) {
        snprintf(error, capacity, "OrtGetApiBase returned nothing");
    }
    return base;
}

void fovea_preload(const char *path) {
    (void)dlopen(path, RTLD_NOW | RTLD_GLOBAL);
}
