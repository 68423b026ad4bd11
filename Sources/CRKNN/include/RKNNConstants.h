#ifndef FOVEA_RKNN_CONSTANTS_H
#define FOVEA_RKNN_CONSTANTS_H

// Numbers of librknnrt's interface; see RKNNTypes.h for where they come from.

/// What a model can be asked (rknn_query_cmd).
enum {
    RKNN_ASK_COUNTS = 0,
    RKNN_ASK_INPUT = 1,
    RKNN_ASK_OUTPUT = 2,
    RKNN_ASK_VERSIONS = 5,
    RKNN_ASK_CUSTOM_TEXT = 7,
    /// Fails for models that were converted for one shape.
    RKNN_ASK_SHAPES = 13,
    /// Of the shapes that were set last.
    RKNN_ASK_CURRENT_OUTPUT = 15,
};

/// What elements are (rknn_tensor_type).
enum {
    RKNN_FLOAT32 = 0,
    RKNN_FLOAT16 = 1,
    RKNN_INT8 = 2,
    RKNN_UINT8 = 3,
    RKNN_INT16 = 4,
    RKNN_UINT16 = 5,
    RKNN_INT32 = 6,
    RKNN_UINT32 = 7,
    RKNN_INT64 = 8,
    RKNN_BOOL = 9,
    RKNN_INT4 = 10,
    RKNN_BFLOAT16 = 11,
};

/// In which order four dimensions are (rknn_tensor_format).
enum {
    RKNN_NCHW = 0,
    RKNN_NHWC = 1,
    RKNN_NC1HWC2 = 2,
    /// Tensors of other ranks.
    RKNN_NO_LAYOUT = 3,
};

/// How elements stand for numbers (rknn_tensor_qnt_type).
enum {
    RKNN_NOT_QUANTIZED = 0,
};

/// Which of the NPU's cores a context runs on (rknn_core_mask).
enum {
    RKNN_CORE_AUTO = 0,
    RKNN_CORE_0 = 1,
    RKNN_CORE_1 = 2,
    RKNN_CORE_2 = 4,
};

/// What a call returns. From the "RKNN C API Reference Manual" (2.3.0),
/// chapter 5; -11 is in the interface but not in the manual any more.
enum {
    RKNN_OK = 0,
    RKNN_FAILED = -1,
    RKNN_TIMED_OUT = -2,
    RKNN_NO_DEVICE = -3,
    RKNN_NO_MEMORY = -4,
    RKNN_BAD_PARAMETER = -5,
    RKNN_BAD_MODEL = -6,
    RKNN_BAD_CONTEXT = -7,
    RKNN_BAD_INPUT = -8,
    RKNN_BAD_OUTPUT = -9,
    RKNN_VERSIONS_DIFFER = -10,
    RKNN_BAD_PRECOMPILED_MODEL = -11,
    RKNN_BAD_OPTIMIZATION_LEVEL = -12,
    RKNN_OTHER_PLATFORM = -13,
};

#endif
