#define _GNU_SOURCE
#include <dav1d/dav1d.h>
#include <dlfcn.h>
#include <string.h>

// The AV1 decoder under libavif prints what is wrong with a file to standard
// error, and libavif 0.11 has no switch for it. Being in the executable, this
// definition is the one that libavif calls.
void dav1d_default_settings(Dav1dSettings *settings) {
    void (*original)(Dav1dSettings *) = NULL;
    void *symbol = dlsym(RTLD_NEXT, "dav1d_default_settings");
    memcpy(&original, &symbol, sizeof original);
    if (original) {
        original(settings);
    } else {
        memset(settings, 0, sizeof *settings);
    }
    settings->logger.callback = NULL;
}
