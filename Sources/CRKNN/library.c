#include "CRKNN.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static void describe(char *error, size_t capacity) {
    const char *message = dlerror();
    snprintf(error, capacity, "%s", message ? message : "no reason given");
}

int32_t fovea_rknn_open(const char *path, RKNNFunctions *functions, char *error, size_t capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        describe(error, capacity);
        return -1;
    }
    const struct {
        const char *name;
        void **function;
        int isOptional;
    } wanted[] = {
        {"rknn_init", (void **)&functions->load, 0},
        {"rknn_destroy", (void **)&functions->destroy, 0},
        {"rknn_query", (void **)&functions->query, 0},
        {"rknn_inputs_set", (void **)&functions->setInputs, 0},
        {"rknn_run", (void **)&functions->run, 0},
        {"rknn_outputs_get", (void **)&functions->getOutputs, 0},
        {"rknn_outputs_release", (void **)&functions->releaseOutputs, 0},
        {"rknn_dup_context", (void **)&functions->duplicate, 1},
        {"rknn_set_core_mask", (void **)&functions->setCores, 1},
        {"rknn_set_input_shapes", (void **)&functions->setShapes, 1},
    };
    for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
        *wanted[i].function = dlsym(library, wanted[i].name);
        if (!*wanted[i].function && !wanted[i].isOptional) {
            describe(error, capacity);
            dlclose(library);
            return -1;
        }
    }
    return 0;
}

int32_t fovea_rknn_query_shapes(
    const RKNNFunctions *functions, RKNNHandle context, uint32_t input, uint32_t *count, uint32_t *rank,
    uint32_t *dimensions) {
    // 33 KB: too much for the stack of a thread that is not ours to size.
    RKNNShapes *shapes = calloc(1, sizeof(RKNNShapes));
    if (!shapes) return RKNN_NO_MEMORY;
    shapes->index = input;
    int32_t status = functions->query(context, RKNN_ASK_SHAPES, shapes, sizeof(RKNNShapes));
    if (status == RKNN_OK && (shapes->count > RKNN_MOST_SHAPES || shapes->rank > RKNN_MOST_DIMENSIONS)) {
        status = RKNN_BAD_MODEL;
    }
    if (status == RKNN_OK) {
        *count = shapes->count;
        *rank = shapes->rank;
        for (uint32_t i = 0; i < shapes->count; i++) {
            for (uint32_t j = 0; j < shapes->rank; j++) {
                dimensions[i * shapes->rank + j] = shapes->dimensions[i][j];
            }
        }
    }
    free(shapes);
    return status;
}
