// A stand-in for libfovea_armnn.so that writes down how it is called.
//
// Its one network doubles `left[1,4]` and negates `right[2]` (int32). Compiled
// by the tests with STUB_RECORD, the file that calls are appended to, and any
// of:
//   STUB_ABI=n            another version of the interface
//   STUB_BACKENDS="…"     the backends that are there; GpuAcc,CpuAcc otherwise
//   STUB_FEATURES=n       what Arm NN can do; everything otherwise
//   STUB_REFUSES_START    the runtime does not start
//   STUB_REFUSES_FP16     networks run in float32 only
//   STUB_REFUSES_CACHE    a cached network that begins with "stale" fails
//   STUB_STATUS=n         loading ends with this status
//   STUB_OTHER_TYPE       the first input is quantised
//   STUB_RUN_FAILS        running fails
#include "FoveaArmNNShim.h"

#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef STUB_ABI
#define STUB_ABI FOVEA_ARMNN_ABI
#endif
#ifndef STUB_BACKENDS
#define STUB_BACKENDS "GpuAcc,CpuAcc"
#endif
#ifndef STUB_FEATURES
#define STUB_FEATURES FOVEA_ARMNN_HAS_MODEL_OPTIONS
#endif

struct fovea_armnn_runtime {
    int tuning_level;
    char *tuning_file;
};

struct fovea_armnn_network {
    int id, fp16, busy;
};

static fovea_armnn_log sink;
static int next_id = 7;

static void record(const char *format, ...) {
    FILE *file = fopen(STUB_RECORD, "a");
    if (!file) abort();
    va_list values;
    va_start(values, format);
    vfprintf(file, format, values);
    va_end(values);
    fclose(file);
}

static const char *text(const char *value) { return value ? value : "none"; }

static int32_t fail(int32_t status, const char *why, char *error, size_t capacity) {
    snprintf(error, capacity, "%s", why);
    return status;
}

uint32_t fovea_armnn_abi_version(void) { return STUB_ABI; }
const char *fovea_armnn_version(void) { return "33.0.0"; }
uint32_t fovea_armnn_features(void) { return STUB_FEATURES; }
void fovea_armnn_set_log(fovea_armnn_log log) { sink = log; }

int32_t fovea_armnn_create(
    const fovea_armnn_runtime_options *options, fovea_armnn_runtime **runtime, char *error, size_t capacity) {
    record(
        "create folder=%s level=%d file=%s\n", text(options->dynamic_backends_path), options->tuning_level,
        text(options->tuning_file));
#ifdef STUB_REFUSES_START
    return fail(FOVEA_ARMNN_FAILED, "no OpenCL device", error, capacity);
#endif
    (void)error, (void)capacity;
    *runtime = malloc(sizeof **runtime);
    (*runtime)->tuning_level = options->tuning_level;
    (*runtime)->tuning_file = options->tuning_file ? strdup(options->tuning_file) : NULL;
    if (sink) sink(FOVEA_ARMNN_LOG_WARNING, "a warning of the stub");
    return FOVEA_ARMNN_OK;
}

void fovea_armnn_backends(const fovea_armnn_runtime *runtime, char *names, size_t capacity) {
    (void)runtime;
    snprintf(names, capacity, "%s", STUB_BACKENDS);
}

int32_t fovea_armnn_load(
    fovea_armnn_runtime *runtime, const fovea_armnn_load_options *options, fovea_armnn_network **network,
    char *error, size_t capacity) {
    (void)runtime;
    const int saves = (options->flags & FOVEA_ARMNN_SAVE_CACHED_NETWORK) != 0;
    record(
        "load %s backends=%s fast=%d fp16=%d save=%d cached=%s\n", options->path, options->backends,
        (options->flags & FOVEA_ARMNN_FAST_MATH) != 0, (options->flags & FOVEA_ARMNN_FP16) != 0, saves,
        text(options->cached_network));
#ifdef STUB_STATUS
    return fail(STUB_STATUS, "the stub's reason.\n", error, capacity);
#endif
    if (options->cached_network) {
        // Like Arm NN, which neither reads nor writes a file that does not exist.
        FILE *file = fopen(options->cached_network, saves ? "r+" : "r");
        if (file && saves) fputs("compiled", file);
        char head[6] = "";
        if (file && !saves && !fgets(head, sizeof head, file)) head[0] = 0;
        if (file) fclose(file);
#ifdef STUB_REFUSES_CACHE
        if (!strcmp(head, "stale")) {
            return fail(FOVEA_ARMNN_FAILED, "clBuildProgram failed", error, capacity);
        }
#endif
    }
    (void)error, (void)capacity;
    *network = malloc(sizeof **network);
    (*network)->id = next_id++;
    (*network)->busy = 0;
    (*network)->fp16 = (options->flags & FOVEA_ARMNN_FP16) != 0;
#ifdef STUB_REFUSES_FP16
    (*network)->fp16 = 0;
#endif
    return FOVEA_ARMNN_OK;
}

int32_t fovea_armnn_network_id(const fovea_armnn_network *network) { return network->id; }
int32_t fovea_armnn_network_is_fp16(const fovea_armnn_network *network) { return network->fp16; }

size_t fovea_armnn_tensor_count(const fovea_armnn_network *network, int32_t which) {
    (void)network, (void)which;
    return 2;
}

int32_t fovea_armnn_tensor(
    const fovea_armnn_network *network, int32_t which, size_t index, fovea_armnn_tensor_info *info) {
    (void)network;
    static const fovea_armnn_tensor_info tensors[2][2] = {
        {{"left", "Float32", FOVEA_ARMNN_FLOAT32, 2, {1, 4}, 16},
         {"right", "Signed32", FOVEA_ARMNN_INT32, 1, {2}, 8}},
        {{"doubled", "Float32", FOVEA_ARMNN_FLOAT32, 2, {1, 4}, 16},
         {"negated", "Signed32", FOVEA_ARMNN_INT32, 1, {2}, 8}},
    };
    if (index >= 2) return FOVEA_ARMNN_BAD_REQUEST;
    *info = tensors[which == FOVEA_ARMNN_OUTPUTS][index];
#ifdef STUB_OTHER_TYPE
    if (which == FOVEA_ARMNN_INPUTS && index == 0) {
        info->type = FOVEA_ARMNN_OTHER;
        info->type_name = "QAsymmU8";
    }
#endif
    return FOVEA_ARMNN_OK;
}

int32_t fovea_armnn_run(
    fovea_armnn_network *network, const void *const *inputs, size_t input_count, void *const *outputs,
    size_t output_count, char *error, size_t capacity) {
    if (input_count != 2 || output_count != 2) return fail(FOVEA_ARMNN_BAD_REQUEST, "count", error, capacity);
#ifdef STUB_RUN_FAILS
    return fail(FOVEA_ARMNN_FAILED, "the GPU is gone", error, capacity);
#endif
    // Says so if a second run comes in before the first is out.
    if (__atomic_exchange_n(&network->busy, 1, __ATOMIC_SEQ_CST)) record("overlap\n");
    for (int turn = 0; turn < 20; turn++) sched_yield();
    for (int index = 0; index < 4; index++) {
        ((float *)outputs[0])[index] = 2 * ((const float *)inputs[0])[index];
    }
    for (int index = 0; index < 2; index++) {
        ((int32_t *)outputs[1])[index] = -((const int32_t *)inputs[1])[index];
    }
    __atomic_store_n(&network->busy, 0, __ATOMIC_SEQ_CST);
    return FOVEA_ARMNN_OK;
}

void fovea_armnn_unload(fovea_armnn_network *network) {
    record("unload %d\n", network->id);
    free(network);
}

void fovea_armnn_destroy(fovea_armnn_runtime *runtime) {
    // Like the tuner, which writes where it has tuned.
    if (runtime->tuning_level > 0 && runtime->tuning_file) {
        FILE *file = fopen(runtime->tuning_file, "w");
        if (file) {
            fputs("lws\nkernel;1;2;3\n", file);
            fclose(file);
        }
    }
    record("destroy\n");
    free(runtime->tuning_file);
    free(runtime);
}
