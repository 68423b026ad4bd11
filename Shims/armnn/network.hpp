// A loaded network, and how it comes to be.
#pragma once

#include "FoveaArmNNShim.h"
#include "versions.hpp"

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace fovea {

/// A failure that this library itself can tell the kind of.
struct Refusal : std::runtime_error {
    int32_t status;
    Refusal(int32_t status, const std::string &what) : std::runtime_error(what), status(status) {}
};

/// Held while runtimes and networks come and go: Arm NN's registry of backends
/// is one a process and not guarded.
std::mutex &registryMutex();

struct LoadRequest {
    std::string path;
    std::vector<std::string> backends;
    std::string cachedNetwork;
    bool savesCachedNetwork = false;
    bool fastMath = false;
    bool fp16 = false;
};

/// An input or output.
struct BoundTensor {
    armnn::LayerBindingId id;
    std::string name;
    armnn::TensorInfo info;

    fovea_armnn_tensor_info describe() const;
};

/// Loads a network. To be called with the registry's mutex held.
std::unique_ptr<fovea_armnn_network> load(fovea_armnn_runtime &runtime, const LoadRequest &request);

}  // namespace fovea

struct fovea_armnn_runtime {
    armnn::IRuntimePtr runtime;

    explicit fovea_armnn_runtime(const armnn::IRuntime::CreationOptions &options)
        : runtime(armnn::IRuntime::Create(options)) {}

    /// Names of the backends that have started.
    std::vector<std::string> backends() const;
};

struct fovea_armnn_network {
    armnn::IRuntime &runtime;
    armnn::NetworkId id = -1;
    bool loaded = false;
    bool fp16 = false;
    std::vector<fovea::BoundTensor> inputs, outputs;

    explicit fovea_armnn_network(armnn::IRuntime &runtime) : runtime(runtime) {}
    fovea_armnn_network(const fovea_armnn_network &) = delete;
    ~fovea_armnn_network();

    const std::vector<fovea::BoundTensor> &tensors(int32_t which) const {
        return which == FOVEA_ARMNN_OUTPUTS ? outputs : inputs;
    }

    /// Runs the network, one call at a time: it has one set of working memory.
    void run(const void *const *inputBuffers, void *const *outputBuffers);

private:
    std::mutex mutex;
};
