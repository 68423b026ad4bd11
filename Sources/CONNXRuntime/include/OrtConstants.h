#ifndef FOVEA_ORT_CONSTANTS_H
#define FOVEA_ORT_CONSTANTS_H

// The numbers that go through ONNX Runtime's C interface, as far as Fovea
// uses them. They are part of its binary interface and never change.

/// What `GetTensorElementType` answers; the same numbers as in an ONNX file.
enum {
    ORT_ELEMENT_UNDEFINED = 0,
    ORT_ELEMENT_FLOAT32 = 1,
    ORT_ELEMENT_UINT8 = 2,
    ORT_ELEMENT_INT8 = 3,
    ORT_ELEMENT_UINT16 = 4,
    ORT_ELEMENT_INT16 = 5,
    ORT_ELEMENT_INT32 = 6,
    ORT_ELEMENT_INT64 = 7,
    ORT_ELEMENT_STRING = 8,
    ORT_ELEMENT_BOOL = 9,
    ORT_ELEMENT_FLOAT16 = 10,
    ORT_ELEMENT_FLOAT64 = 11,
    ORT_ELEMENT_UINT32 = 12,
    ORT_ELEMENT_UINT64 = 13,
    ORT_ELEMENT_COMPLEX64 = 14,
    ORT_ELEMENT_COMPLEX128 = 15,
    ORT_ELEMENT_BFLOAT16 = 16,
};

/// How much of what happens is logged.
enum {
    ORT_LOGGING_VERBOSE = 0,
    ORT_LOGGING_INFO = 1,
    ORT_LOGGING_WARNING = 2,
    ORT_LOGGING_ERROR = 3,
    ORT_LOGGING_FATAL = 4,
};

/// Whether branches of a graph run one after another or beside each other.
enum {
    ORT_EXECUTION_SEQUENTIAL = 0,
    ORT_EXECUTION_PARALLEL = 1,
};

/// Arguments of `CreateCpuMemoryInfo` for memory that the caller owns.
enum {
    ORT_ALLOCATOR_DEVICE = 0,
    ORT_ALLOCATOR_ARENA = 1,
    ORT_MEMORY_DEFAULT = 0,
};

#endif
