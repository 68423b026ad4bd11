#ifndef FOVEA_ARMNN_SHIM_H
#define FOVEA_ARMNN_SHIM_H

// What libfovea_armnn.so exports. Arm NN's interface is C++ and differs from
// version to version, so a small library stands between it and Fovea, built
// against whatever version is installed (Shims/armnn).
//
// No call lets a C++ exception out. Calls that can fail return one of the
// statuses below and describe a failure in `error`: at most `capacity` bytes,
// ended by NUL. All texts are UTF-8.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Changes with every change of what is declared here.
#define FOVEA_ARMNN_ABI 1u

/// Arm NN has tensors of five dimensions at most.
#define FOVEA_ARMNN_MAX_RANK 8

/// How a call went.
enum {
    FOVEA_ARMNN_OK = 0,
    /// The caller asked for something that makes no sense.
    FOVEA_ARMNN_BAD_REQUEST = 1,
    /// A backend is not there, or could not start on this machine.
    FOVEA_ARMNN_NO_BACKEND = 2,
    /// The file is no network that the backends can run.
    FOVEA_ARMNN_BAD_MODEL = 3,
    /// All was well, but Arm NN failed.
    FOVEA_ARMNN_FAILED = 4,
};

/// What the Arm NN that the shim was built with can do.
enum {
    /// Fast math and cached networks; 20.08 has neither.
    FOVEA_ARMNN_HAS_MODEL_OPTIONS = 1u << 0,
};

/// How a network is to be loaded.
enum {
    /// Lets convolutions use algorithms that are faster and less exact.
    FOVEA_ARMNN_FAST_MATH = 1u << 0,
    /// Computes in float16 what is declared as float32. A network that refuses
    /// it runs in float32.
    FOVEA_ARMNN_FP16 = 1u << 1,
    /// Writes `cached_network` instead of reading it.
    FOVEA_ARMNN_SAVE_CACHED_NETWORK = 1u << 2,
};

/// What a tensor's elements are.
enum {
    FOVEA_ARMNN_OTHER = 0,
    FOVEA_ARMNN_FLOAT32 = 1,
    FOVEA_ARMNN_FLOAT16 = 2,
    FOVEA_ARMNN_INT32 = 3,
    FOVEA_ARMNN_INT64 = 4,
    FOVEA_ARMNN_BOOL = 5,
};

/// Which tensors of a network are meant.
enum {
    FOVEA_ARMNN_INPUTS = 0,
    FOVEA_ARMNN_OUTPUTS = 1,
};

/// How severe a log message is.
enum {
    FOVEA_ARMNN_LOG_INFO = 0,
    FOVEA_ARMNN_LOG_WARNING = 1,
    FOVEA_ARMNN_LOG_ERROR = 2,
};

typedef struct fovea_armnn_runtime fovea_armnn_runtime;
typedef struct fovea_armnn_network fovea_armnn_network;

typedef struct fovea_armnn_runtime_options {
    /// A folder with backends in libraries of their own; NULL for
    /// `armnn<version>` beside libarmnn, where Debian has them.
    const char *dynamic_backends_path;
    /// For GpuAcc: 0 uses `tuning_file`, 1 to 3 measure rapidly, normally or
    /// exhaustively which work-group sizes are fastest.
    int32_t tuning_level;
    /// Read at level 0, otherwise written when the runtime is destroyed; or NULL.
    const char *tuning_file;
} fovea_armnn_runtime_options;

typedef struct fovea_armnn_load_options {
    /// A file that Arm NN's serialiser wrote.
    const char *path;
    /// Names of backends with commas between them, best first: `GpuAcc,CpuAcc`.
    const char *backends;
    /// For GpuAcc: a file with compiled kernels, which must exist; or NULL.
    const char *cached_network;
    /// FOVEA_ARMNN_FAST_MATH and its like.
    uint32_t flags;
} fovea_armnn_load_options;

typedef struct fovea_armnn_tensor_info {
    /// The layer's name. Lives as long as the network.
    const char *name;
    /// What Arm NN calls the element type. Lives as long as the library.
    const char *type_name;
    /// FOVEA_ARMNN_FLOAT32 and its like.
    int32_t type;
    uint32_t rank;
    uint32_t dimensions[FOVEA_ARMNN_MAX_RANK];
    size_t bytes;
} fovea_armnn_tensor_info;

/// Is given a message, on any thread. `text` lives until it returns.
typedef void (*fovea_armnn_log)(int32_t severity, const char *text);

/// FOVEA_ARMNN_ABI of the header that the library was built with.
uint32_t fovea_armnn_abi_version(void);

/// Version of Arm NN's library that the shim was built with: `33.0.0`.
const char *fovea_armnn_version(void);

/// FOVEA_ARMNN_HAS_MODEL_OPTIONS and its like.
uint32_t fovea_armnn_features(void);

/// Sends Arm NN's warnings and errors to `log`, or nowhere if it is NULL.
/// Arm NN writes them to standard output otherwise.
void fovea_armnn_set_log(fovea_armnn_log log);

/// Starts Arm NN. Of one process's runtimes only one may use GpuAcc, and while
/// one is alive, another should not be destroyed: they share what is registered.
int32_t fovea_armnn_create(
    const fovea_armnn_runtime_options *options, fovea_armnn_runtime **runtime, char *error, size_t capacity);

/// Names of the backends that are there and have started, with commas between
/// them, into `names`: at most `capacity` bytes, ended by NUL.
void fovea_armnn_backends(const fovea_armnn_runtime *runtime, char *names, size_t capacity);

/// Loads a network for backends that must all be there.
int32_t fovea_armnn_load(
    fovea_armnn_runtime *runtime, const fovea_armnn_load_options *options, fovea_armnn_network **network,
    char *error, size_t capacity);

/// Arm NN's number for the network.
int32_t fovea_armnn_network_id(const fovea_armnn_network *network);

/// 1 where the network computes in float16 what is declared as float32.
int32_t fovea_armnn_network_is_fp16(const fovea_armnn_network *network);

/// How many inputs or outputs there are.
size_t fovea_armnn_tensor_count(const fovea_armnn_network *network, int32_t which);

/// Describes an input or output, in the file's order.
/// @return FOVEA_ARMNN_BAD_REQUEST where there is none of that index.
int32_t fovea_armnn_tensor(
    const fovea_armnn_network *network, int32_t which, size_t index, fovea_armnn_tensor_info *info);

/// Runs the network once; several calls wait for each other. There is one
/// buffer an input and one an output, in the file's order, of exactly as many
/// bytes as the tensor.
int32_t fovea_armnn_run(
    fovea_armnn_network *network, const void *const *inputs, size_t input_count, void *const *outputs,
    size_t output_count, char *error, size_t capacity);

/// Unloads the network, before its runtime is destroyed.
void fovea_armnn_unload(fovea_armnn_network *network);

/// Ends Arm NN, which writes the tuning file.
void fovea_armnn_destroy(fovea_armnn_runtime *runtime);

#ifdef __cplusplus
}
#endif

#endif
