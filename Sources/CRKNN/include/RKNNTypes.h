#ifndef FOVEA_RKNN_TYPES_H
#define FOVEA_RKNN_TYPES_H

#include <stddef.h>
#include <stdint.h>

// What librknnrt.so takes and gives, on 64-bit machines.
//
// Rockchip's header may not be passed on, so these are declarations of our
// own: the layouts, the numbers and the order of the fields are facts that
// public bindings agree on. Compared were the sizes that yscv asserts for SDK
// 2.4 (rknn_tensor_attr 376, rknn_sdk_version 512, rknn_custom_string 1024),
// those of a Rust binding for 2.3.2 (rknn_input 32, rknn_output 24), the
// translation in ChungTak/zig-rknpu2 and the ctypes structures in Immich's
// machine-learning/immich_ml/sessions/rknn/rknnpool.py. What the fields mean is
// told by Rockchip's "RKNN C API Reference Manual" (2.3.0), chapter 4.2.

/// A model in the runtime's memory, and what it needs to run once at a time.
typedef uint64_t RKNNHandle;

/// How many inputs and outputs a model has.
typedef struct {
    uint32_t inputs;
    uint32_t outputs;
} RKNNCounts;

enum {
    RKNN_MOST_DIMENSIONS = 16,
    RKNN_LONGEST_NAME = 256,
    RKNN_MOST_SHAPES = 512,
    RKNN_LONGEST_CUSTOM_TEXT = 1024,
    RKNN_LONGEST_VERSION = 256,
};

/// What a model says about one of its inputs or outputs.
typedef struct {
    /// Which one: set before it is asked for.
    uint32_t index;
    uint32_t rank;
    uint32_t dimensions[RKNN_MOST_DIMENSIONS];
    char name[RKNN_LONGEST_NAME];
    uint32_t elements;
    uint32_t bytes;
    int32_t layout;
    int32_t type;
    int32_t quantization;
    int8_t fractionBits;
    int32_t zeroPoint;
    float scale;
    uint32_t rowStride;
    uint32_t bytesWithStride;
    uint8_t passThrough;
    uint32_t columnStride;
} RKNNAttributes;

/// One input of a run.
typedef struct {
    uint32_t index;
    void *elements;
    uint32_t bytes;
    /// 0 has the runtime convert the elements to what the graph computes in.
    uint8_t passThrough;
    int32_t type;
    int32_t layout;
} RKNNInput;

/// One output of a run.
typedef struct {
    /// 1 has the runtime convert the elements to float32.
    uint8_t wantsFloat;
    /// 0 leaves the memory to the runtime.
    uint8_t isPreallocated;
    uint32_t index;
    void *elements;
    uint32_t bytes;
} RKNNOutput;

/// Versions of the library and of the kernel's driver.
typedef struct {
    char library[RKNN_LONGEST_VERSION];
    char driver[RKNN_LONGEST_VERSION];
} RKNNVersions;

/// Text that whoever converted the model left in it.
typedef struct {
    char text[RKNN_LONGEST_CUSTOM_TEXT];
} RKNNCustomText;

/// The shapes that an input may have.
typedef struct {
    uint32_t index;
    uint32_t count;
    int32_t layout;
    char name[RKNN_LONGEST_NAME];
    uint32_t dimensions[RKNN_MOST_SHAPES][RKNN_MOST_DIMENSIONS];
    uint32_t rank;
} RKNNShapes;

_Static_assert(sizeof(RKNNCounts) == 8, "rknn_input_output_num");
_Static_assert(sizeof(RKNNAttributes) == 376, "rknn_tensor_attr");
_Static_assert(offsetof(RKNNAttributes, dimensions) == 8, "rknn_tensor_attr.dims");
_Static_assert(offsetof(RKNNAttributes, name) == 72, "rknn_tensor_attr.name");
_Static_assert(offsetof(RKNNAttributes, elements) == 328, "rknn_tensor_attr.n_elems");
_Static_assert(offsetof(RKNNAttributes, layout) == 336, "rknn_tensor_attr.fmt");
_Static_assert(offsetof(RKNNAttributes, type) == 340, "rknn_tensor_attr.type");
_Static_assert(offsetof(RKNNAttributes, quantization) == 344, "rknn_tensor_attr.qnt_type");
_Static_assert(offsetof(RKNNAttributes, zeroPoint) == 352, "rknn_tensor_attr.zp");
_Static_assert(offsetof(RKNNAttributes, columnStride) == 372, "rknn_tensor_attr.h_stride");
_Static_assert(sizeof(RKNNInput) == 32, "rknn_input");
_Static_assert(offsetof(RKNNInput, elements) == 8, "rknn_input.buf");
_Static_assert(offsetof(RKNNInput, type) == 24, "rknn_input.type");
_Static_assert(sizeof(RKNNOutput) == 24, "rknn_output");
_Static_assert(offsetof(RKNNOutput, index) == 4, "rknn_output.index");
_Static_assert(offsetof(RKNNOutput, elements) == 8, "rknn_output.buf");
_Static_assert(sizeof(RKNNVersions) == 512, "rknn_sdk_version");
_Static_assert(sizeof(RKNNCustomText) == 1024, "rknn_custom_string");
_Static_assert(sizeof(RKNNShapes) == 33040, "rknn_input_range");

#endif
