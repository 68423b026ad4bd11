#ifndef FOVEA_ORT_API_H
#define FOVEA_ORT_API_H

// The part of ONNX Runtime's C interface that Fovea uses, declared anew.
//
// ONNX Runtime hands out one table of function pointers, which only ever grows
// at its end: a slot keeps its place and its meaning for good. So a sparse
// declaration serves every library since 1.20, with no header to install. The
// field names are ONNX Runtime's own, whose documentation applies. To add a
// call: declare it at its slot, shorten the gap around it, add its assertion.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct OrtAllocator OrtAllocator;
typedef struct OrtCUDAProviderOptionsV2 OrtCUDAProviderOptionsV2;
typedef struct OrtEnv OrtEnv;
typedef struct OrtEpAssignedNode OrtEpAssignedNode;
typedef struct OrtEpAssignedSubgraph OrtEpAssignedSubgraph;
typedef struct OrtEpDevice OrtEpDevice;
typedef struct OrtHardwareDevice OrtHardwareDevice;
typedef struct OrtKeyValuePairs OrtKeyValuePairs;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtModelMetadata OrtModelMetadata;
typedef struct OrtROCMProviderOptions OrtROCMProviderOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtStatus OrtStatus;
typedef struct OrtTensorRTProviderOptionsV2 OrtTensorRTProviderOptionsV2;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtValue OrtValue;
typedef struct OrtArenaCfg OrtArenaCfg;

/// Receives one log line. Called on any thread.
typedef void (*OrtLoggingFunction)(void *context, int severity, const char *category, const char *id,
                                   const char *location, const char *message);

/// Calls that return a status return NULL where they succeeded; a status is
/// the caller's to release.
typedef struct OrtApi {
    void *_gap0[1];
    int (*GetErrorCode)(const OrtStatus *status);
    const char *(*GetErrorMessage)(const OrtStatus *status);
    void *_gap3[1];
    OrtStatus *(*CreateEnvWithCustomLogger)(OrtLoggingFunction log, void *context, int severity, const char *id, OrtEnv **out);
    void *_gap5[2];
    OrtStatus *(*CreateSession)(const OrtEnv *env, const char *path, const OrtSessionOptions *options, OrtSession **out);
    OrtStatus *(*CreateSessionFromArray)(const OrtEnv *env, const void *bytes, size_t count,
        const OrtSessionOptions *options, OrtSession **out);
    OrtStatus *(*Run)(OrtSession *session, const OrtRunOptions *options,
        const char *const *input_names, const OrtValue *const *inputs, size_t input_count,
        const char *const *output_names, size_t output_count, OrtValue **outputs);
    OrtStatus *(*CreateSessionOptions)(OrtSessionOptions **out);
    OrtStatus *(*SetOptimizedModelFilePath)(OrtSessionOptions *options, const char *path);
    void *_gap12[1];
    OrtStatus *(*SetSessionExecutionMode)(OrtSessionOptions *options, int mode);
    void *_gap14[3];
    OrtStatus *(*DisableMemPattern)(OrtSessionOptions *options);
    void *_gap18[1];
    OrtStatus *(*DisableCpuMemArena)(OrtSessionOptions *options);
    void *_gap20[2];
    OrtStatus *(*SetSessionLogSeverityLevel)(OrtSessionOptions *options, int severity);
    OrtStatus *(*SetSessionGraphOptimizationLevel)(OrtSessionOptions *options, int level);
    OrtStatus *(*SetIntraOpNumThreads)(OrtSessionOptions *options, int threads);
    OrtStatus *(*SetInterOpNumThreads)(OrtSessionOptions *options, int threads);
    void *_gap26[4];
    OrtStatus *(*SessionGetInputCount)(const OrtSession *session, size_t *out);
    OrtStatus *(*SessionGetOutputCount)(const OrtSession *session, size_t *out);
    void *_gap32[1];
    OrtStatus *(*SessionGetInputTypeInfo)(const OrtSession *session, size_t index, OrtTypeInfo **out);
    OrtStatus *(*SessionGetOutputTypeInfo)(const OrtSession *session, size_t index, OrtTypeInfo **out);
    void *_gap35[1];
    OrtStatus *(*SessionGetInputName)(const OrtSession *session, size_t index, OrtAllocator *allocator, char **out);
    OrtStatus *(*SessionGetOutputName)(const OrtSession *session, size_t index, OrtAllocator *allocator, char **out);
    void *_gap38[1];
    OrtStatus *(*CreateRunOptions)(OrtRunOptions **out);
    void *_gap40[6];
    OrtStatus *(*RunOptionsSetTerminate)(OrtRunOptions *options);
    void *_gap47[2];
    OrtStatus *(*CreateTensorWithDataAsOrtValue)(const OrtMemoryInfo *memory, void *data, size_t byte_count,
        const int64_t *shape, size_t rank, int element_type, OrtValue **out);
    void *_gap50[1];
    OrtStatus *(*GetTensorMutableData)(OrtValue *value, void **out);
    void *_gap52[3];
    OrtStatus *(*CastTypeInfoToTensorInfo)(const OrtTypeInfo *info, const OrtTensorTypeAndShapeInfo **out);
    void *_gap56[4];
    OrtStatus *(*GetTensorElementType)(const OrtTensorTypeAndShapeInfo *info, int *out);
    OrtStatus *(*GetDimensionsCount)(const OrtTensorTypeAndShapeInfo *info, size_t *out);
    OrtStatus *(*GetDimensions)(const OrtTensorTypeAndShapeInfo *info, int64_t *lengths, size_t rank);
    void *_gap63[2];
    OrtStatus *(*GetTensorTypeAndShape)(const OrtValue *value, OrtTensorTypeAndShapeInfo **out);
    void *_gap66[3];
    OrtStatus *(*CreateCpuMemoryInfo)(int allocator_type, int memory_type, OrtMemoryInfo **out);
    void *_gap70[6];
    OrtStatus *(*AllocatorFree)(OrtAllocator *allocator, void *memory);
    void *_gap77[1];
    OrtStatus *(*GetAllocatorWithDefaultOptions)(OrtAllocator **out);
    void *_gap79[13];
    void (*ReleaseEnv)(OrtEnv *env);
    void (*ReleaseStatus)(OrtStatus *status);
    void (*ReleaseMemoryInfo)(OrtMemoryInfo *info);
    void (*ReleaseSession)(OrtSession *session);
    void (*ReleaseValue)(OrtValue *value);
    void (*ReleaseRunOptions)(OrtRunOptions *options);
    void (*ReleaseTypeInfo)(OrtTypeInfo *info);
    void (*ReleaseTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo *info);
    void (*ReleaseSessionOptions)(OrtSessionOptions *options);
    void *_gap101[10];
    OrtStatus *(*SessionGetModelMetadata)(const OrtSession *session, OrtModelMetadata **out);
    void *_gap112[4];
    OrtStatus *(*ModelMetadataLookupCustomMetadataMap)(const OrtModelMetadata *metadata, OrtAllocator *allocator,
        const char *key, char **value);
    void *_gap117[1];
    void (*ReleaseModelMetadata)(OrtModelMetadata *metadata);
    void *_gap119[4];
    OrtStatus *(*ModelMetadataGetCustomMetadataMapKeys)(const OrtModelMetadata *metadata, OrtAllocator *allocator,
        char ***keys, int64_t *count);
    OrtStatus *(*AddFreeDimensionOverrideByName)(OrtSessionOptions *options, const char *name, int64_t length);
    OrtStatus *(*GetAvailableProviders)(char ***names, int *count);
    OrtStatus *(*ReleaseAvailableProviders)(char **names, int count);
    void *_gap127[3];
    OrtStatus *(*AddSessionConfigEntry)(OrtSessionOptions *options, const char *key, const char *value);
    void *_gap131[13];
    OrtStatus *(*CreateAndRegisterAllocator)(OrtEnv *env, const OrtMemoryInfo *memory,
                                             const OrtArenaCfg *configuration);
    void *_gap145[8];
    OrtStatus *(*SessionOptionsAppendExecutionProvider_ROCM)(OrtSessionOptions *options,
        const OrtROCMProviderOptions *rocm);
    void *_gap154[11];
    OrtStatus *(*AddRunConfigEntry)(OrtRunOptions *options, const char *key, const char *value);
    void *_gap166[4];
    OrtStatus *(*SessionOptionsAppendExecutionProvider_TensorRT_V2)(OrtSessionOptions *options,
        const OrtTensorRTProviderOptionsV2 *tensorrt);
    OrtStatus *(*CreateTensorRTProviderOptions)(OrtTensorRTProviderOptionsV2 **out);
    OrtStatus *(*UpdateTensorRTProviderOptions)(OrtTensorRTProviderOptionsV2 *tensorrt, const char *const *keys,
        const char *const *values, size_t count);
    void *_gap173[1];
    void (*ReleaseTensorRTProviderOptions)(OrtTensorRTProviderOptionsV2 *tensorrt);
    void *_gap175[29];
    OrtStatus *(*SessionOptionsAppendExecutionProvider_CUDA_V2)(OrtSessionOptions *options,
        const OrtCUDAProviderOptionsV2 *cuda);
    OrtStatus *(*CreateCUDAProviderOptions)(OrtCUDAProviderOptionsV2 **out);
    OrtStatus *(*UpdateCUDAProviderOptions)(OrtCUDAProviderOptionsV2 *cuda, const char *const *keys,
        const char *const *values, size_t count);
    void *_gap207[1];
    void (*ReleaseCUDAProviderOptions)(OrtCUDAProviderOptionsV2 *cuda);
    void *_gap209[7];
    OrtStatus *(*SessionOptionsAppendExecutionProvider)(OrtSessionOptions *options, const char *name,
        const char *const *keys, const char *const *values,
        size_t count);
    void *_gap217[38];
    OrtStatus *(*CreateROCMProviderOptions)(OrtROCMProviderOptions **out);
    OrtStatus *(*UpdateROCMProviderOptions)(OrtROCMProviderOptions *rocm, const char *const *keys,
        const char *const *values, size_t count);
    void *_gap257[1];
    void (*ReleaseROCMProviderOptions)(OrtROCMProviderOptions *rocm);

    // From here on only in tables asked for as version 22 or later.
    void *_gap259[34];
    OrtStatus *(*SessionOptionsSetLoadCancellationFlag)(OrtSessionOptions *options, bool cancelled);
    void *_gap294[4];
    void (*GetKeyValuePairs)(const OrtKeyValuePairs *pairs, const char *const **keys,
        const char *const **values, size_t *count);
    void *_gap299[2];
    OrtStatus *(*RegisterExecutionProviderLibrary)(OrtEnv *env, const char *name, const char *path);
    void *_gap302[1];
    OrtStatus *(*GetEpDevices)(const OrtEnv *env, const OrtEpDevice *const **devices, size_t *count);
    OrtStatus *(*SessionOptionsAppendExecutionProvider_V2)(OrtSessionOptions *options, OrtEnv *env,
        const OrtEpDevice *const *devices, size_t device_count,
        const char *const *keys, const char *const *values,
        size_t count);
    void *_gap305[2];
    int (*HardwareDevice_Type)(const OrtHardwareDevice *device);
    uint32_t (*HardwareDevice_VendorId)(const OrtHardwareDevice *device);
    const char *(*HardwareDevice_Vendor)(const OrtHardwareDevice *device);
    uint32_t (*HardwareDevice_DeviceId)(const OrtHardwareDevice *device);
    const OrtKeyValuePairs *(*HardwareDevice_Metadata)(const OrtHardwareDevice *device);
    const char *(*EpDevice_EpName)(const OrtEpDevice *device);
    void *_gap313[1];
    const OrtKeyValuePairs *(*EpDevice_EpMetadata)(const OrtEpDevice *device);
    void *_gap315[1];
    const OrtHardwareDevice *(*EpDevice_Device)(const OrtEpDevice *device);

    // From here on only in tables asked for as version 24 or later.
    void *_gap317[90];
    OrtStatus *(*Session_GetEpGraphAssignmentInfo)(const OrtSession *session,
        const OrtEpAssignedSubgraph *const **subgraphs, size_t *count);
    OrtStatus *(*EpAssignedSubgraph_GetEpName)(const OrtEpAssignedSubgraph *subgraph, const char **out);
    OrtStatus *(*EpAssignedSubgraph_GetNodes)(const OrtEpAssignedSubgraph *subgraph,
        const OrtEpAssignedNode *const **nodes, size_t *count);
    void *_gap410[2];
    OrtStatus *(*EpAssignedNode_GetOperatorType)(const OrtEpAssignedNode *node, const char **out);
} OrtApi;

/// What the library's one exported function, OrtGetApiBase, returns.
typedef struct OrtApiBase {
    const OrtApi *(*GetApi)(uint32_t version);
    const char *(*GetVersionString)(void);
} OrtApiBase;

#define FOVEA_ORT_SLOT(name, slot) \
    _Static_assert(offsetof(OrtApi, name) == (slot) * sizeof(void *), #name " is not at slot " #slot)

FOVEA_ORT_SLOT(GetErrorCode, 1);
FOVEA_ORT_SLOT(GetErrorMessage, 2);
FOVEA_ORT_SLOT(CreateEnvWithCustomLogger, 4);
FOVEA_ORT_SLOT(CreateSession, 7);
FOVEA_ORT_SLOT(CreateSessionFromArray, 8);
FOVEA_ORT_SLOT(Run, 9);
FOVEA_ORT_SLOT(CreateSessionOptions, 10);
FOVEA_ORT_SLOT(SetOptimizedModelFilePath, 11);
FOVEA_ORT_SLOT(SetSessionExecutionMode, 13);
FOVEA_ORT_SLOT(DisableMemPattern, 17);
FOVEA_ORT_SLOT(DisableCpuMemArena, 19);
FOVEA_ORT_SLOT(SetSessionLogSeverityLevel, 22);
FOVEA_ORT_SLOT(SetSessionGraphOptimizationLevel, 23);
FOVEA_ORT_SLOT(SetIntraOpNumThreads, 24);
FOVEA_ORT_SLOT(SetInterOpNumThreads, 25);
FOVEA_ORT_SLOT(SessionGetInputCount, 30);
FOVEA_ORT_SLOT(SessionGetOutputCount, 31);
FOVEA_ORT_SLOT(SessionGetInputTypeInfo, 33);
FOVEA_ORT_SLOT(SessionGetOutputTypeInfo, 34);
FOVEA_ORT_SLOT(SessionGetInputName, 36);
FOVEA_ORT_SLOT(SessionGetOutputName, 37);
FOVEA_ORT_SLOT(CreateRunOptions, 39);
FOVEA_ORT_SLOT(RunOptionsSetTerminate, 46);
FOVEA_ORT_SLOT(CreateTensorWithDataAsOrtValue, 49);
FOVEA_ORT_SLOT(GetTensorMutableData, 51);
FOVEA_ORT_SLOT(CastTypeInfoToTensorInfo, 55);
FOVEA_ORT_SLOT(GetTensorElementType, 60);
FOVEA_ORT_SLOT(GetDimensionsCount, 61);
FOVEA_ORT_SLOT(GetDimensions, 62);
FOVEA_ORT_SLOT(GetTensorTypeAndShape, 65);
FOVEA_ORT_SLOT(CreateCpuMemoryInfo, 69);
FOVEA_ORT_SLOT(AllocatorFree, 76);
FOVEA_ORT_SLOT(GetAllocatorWithDefaultOptions, 78);
FOVEA_ORT_SLOT(ReleaseEnv, 92);
FOVEA_ORT_SLOT(ReleaseStatus, 93);
FOVEA_ORT_SLOT(ReleaseMemoryInfo, 94);
FOVEA_ORT_SLOT(ReleaseSession, 95);
FOVEA_ORT_SLOT(ReleaseValue, 96);
FOVEA_ORT_SLOT(ReleaseRunOptions, 97);
FOVEA_ORT_SLOT(ReleaseTypeInfo, 98);
FOVEA_ORT_SLOT(ReleaseTensorTypeAndShapeInfo, 99);
FOVEA_ORT_SLOT(ReleaseSessionOptions, 100);
FOVEA_ORT_SLOT(SessionGetModelMetadata, 111);
FOVEA_ORT_SLOT(ModelMetadataLookupCustomMetadataMap, 116);
FOVEA_ORT_SLOT(ReleaseModelMetadata, 118);
FOVEA_ORT_SLOT(ModelMetadataGetCustomMetadataMapKeys, 123);
FOVEA_ORT_SLOT(AddFreeDimensionOverrideByName, 124);
FOVEA_ORT_SLOT(GetAvailableProviders, 125);
FOVEA_ORT_SLOT(ReleaseAvailableProviders, 126);
FOVEA_ORT_SLOT(AddSessionConfigEntry, 130);
FOVEA_ORT_SLOT(CreateAndRegisterAllocator, 144);
FOVEA_ORT_SLOT(SessionOptionsAppendExecutionProvider_ROCM, 153);
FOVEA_ORT_SLOT(AddRunConfigEntry, 165);
FOVEA_ORT_SLOT(SessionOptionsAppendExecutionProvider_TensorRT_V2, 170);
FOVEA_ORT_SLOT(CreateTensorRTProviderOptions, 171);
FOVEA_ORT_SLOT(UpdateTensorRTProviderOptions, 172);
FOVEA_ORT_SLOT(ReleaseTensorRTProviderOptions, 174);
FOVEA_ORT_SLOT(SessionOptionsAppendExecutionProvider_CUDA_V2, 204);
FOVEA_ORT_SLOT(CreateCUDAProviderOptions, 205);
FOVEA_ORT_SLOT(UpdateCUDAProviderOptions, 206);
FOVEA_ORT_SLOT(ReleaseCUDAProviderOptions, 208);
FOVEA_ORT_SLOT(SessionOptionsAppendExecutionProvider, 216);
FOVEA_ORT_SLOT(CreateROCMProviderOptions, 255);
FOVEA_ORT_SLOT(UpdateROCMProviderOptions, 256);
FOVEA_ORT_SLOT(ReleaseROCMProviderOptions, 258);
FOVEA_ORT_SLOT(SessionOptionsSetLoadCancellationFlag, 293);
FOVEA_ORT_SLOT(GetKeyValuePairs, 298);
FOVEA_ORT_SLOT(RegisterExecutionProviderLibrary, 301);
FOVEA_ORT_SLOT(GetEpDevices, 303);
FOVEA_ORT_SLOT(SessionOptionsAppendExecutionProvider_V2, 304);
FOVEA_ORT_SLOT(HardwareDevice_Type, 307);
FOVEA_ORT_SLOT(HardwareDevice_VendorId, 308);
FOVEA_ORT_SLOT(HardwareDevice_Vendor, 309);
FOVEA_ORT_SLOT(HardwareDevice_DeviceId, 310);
FOVEA_ORT_SLOT(HardwareDevice_Metadata, 311);
FOVEA_ORT_SLOT(EpDevice_EpName, 312);
FOVEA_ORT_SLOT(EpDevice_EpMetadata, 314);
FOVEA_ORT_SLOT(EpDevice_Device, 316);
FOVEA_ORT_SLOT(Session_GetEpGraphAssignmentInfo, 407);
FOVEA_ORT_SLOT(EpAssignedSubgraph_GetEpName, 408);
FOVEA_ORT_SLOT(EpAssignedSubgraph_GetNodes, 409);
FOVEA_ORT_SLOT(EpAssignedNode_GetOperatorType, 412);

#undef FOVEA_ORT_SLOT

#endif
