// libfovea_armnn.so: Arm NN behind the C interface of FoveaArmNNShim.h.
#include "FoveaArmNNShim.h"

#include "log.hpp"
#include "network.hpp"
#include "versions.hpp"

#include <dlfcn.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <new>
#include <sstream>

using namespace fovea;

namespace {

void describe(const std::string &text, char *error, size_t capacity) {
    if (error && capacity) snprintf(error, capacity, "%s", text.c_str());
}

/// Runs `body` and turns what it throws into a status and a text.
template <typename Body>
int32_t guarded(char *error, size_t capacity, Body body) noexcept {
    try {
        body();
        return FOVEA_ARMNN_OK;
    } catch (const Refusal &refusal) {
        describe(refusal.what(), error, capacity);
        return refusal.status;
    } catch (const std::bad_alloc &) {
        describe("out of memory", error, capacity);
    } catch (const std::exception &exception) {
        describe(exception.what(), error, capacity);
    } catch (...) {
        describe("an exception of an unknown kind", error, capacity);
    }
    return FOVEA_ARMNN_FAILED;
}

/// `armnn<major version>` beside libarmnn, where Debian puts the backends.
std::string defaultBackendsPath() {
    Dl_info info;
    auto create = &armnn::IRuntime::CreateRaw;
    if (!dladdr(reinterpret_cast<void *>(create), &info) || !info.dli_fname) return "";
    // Arm NN takes absolute paths only.
    std::unique_ptr<char, void (*)(void *)> resolved(realpath(info.dli_fname, nullptr), free);
    if (!resolved) return "";
    std::string path = resolved.get();
    auto slash = path.rfind('/');
    if (slash == std::string::npos) return "";
    path = path.substr(0, slash) + "/armnn" + std::to_string(ARMNN_MAJOR_VERSION);
    struct stat status;
    return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) ? path : "";
}

std::vector<std::string> split(const char *names) {
    std::vector<std::string> result;
    std::istringstream stream(names ? names : "");
    for (std::string name; std::getline(stream, name, ',');) {
        if (!name.empty()) result.push_back(name);
    }
    return result;
}

}  // namespace

uint32_t fovea_armnn_abi_version(void) { return FOVEA_ARMNN_ABI; }

const char *fovea_armnn_version(void) { return ARMNN_VERSION; }

uint32_t fovea_armnn_features(void) { return hasModelOptions ? FOVEA_ARMNN_HAS_MODEL_OPTIONS : 0; }

void fovea_armnn_set_log(fovea_armnn_log log) {
    guarded(nullptr, 0, [&] { sendLog(log); });
}

int32_t fovea_armnn_create(
    const fovea_armnn_runtime_options *options, fovea_armnn_runtime **runtime, char *error, size_t capacity) {
    return guarded(error, capacity, [&] {
        if (!options || !runtime) {
            throw Refusal(FOVEA_ARMNN_BAD_REQUEST, "no options or no place for a runtime");
        }
        armnn::IRuntime::CreationOptions creation;
        creation.m_DynamicBackendsPath =
            options->dynamic_backends_path ? options->dynamic_backends_path : defaultBackendsPath();
        // The memory strategy is what Immich's own shim asks for. Versions
        // that do not know a name pass over it.
        armnn::BackendOptions gpu(
            "GpuAcc", {{"TuningLevel", static_cast<int>(options->tuning_level)},
                       {"MemoryOptimizerStrategy", "ConstantMemoryStrategy"}});
        if (options->tuning_file) gpu.AddOption({"TuningFile", options->tuning_file});
        creation.m_BackendOptions.push_back(gpu);
        std::lock_guard<std::mutex> guard(registryMutex());
        *runtime = new fovea_armnn_runtime(creation);
    });
}

void fovea_armnn_backends(const fovea_armnn_runtime *runtime, char *names, size_t capacity) {
    std::string joined;
    guarded(names, capacity, [&] {
        for (const auto &name : runtime->backends()) joined += (joined.empty() ? "" : ",") + name;
        describe(joined, names, capacity);
    });
}

int32_t fovea_armnn_load(
    fovea_armnn_runtime *runtime, const fovea_armnn_load_options *options, fovea_armnn_network **network,
    char *error, size_t capacity) {
    return guarded(error, capacity, [&] {
        if (!runtime || !options || !options->path || !network) {
            throw Refusal(FOVEA_ARMNN_BAD_REQUEST, "no runtime, no path or no place for a network");
        }
        LoadRequest request;
        request.path = options->path;
        request.backends = split(options->backends);
        request.cachedNetwork = options->cached_network ? options->cached_network : "";
        request.savesCachedNetwork = options->flags & FOVEA_ARMNN_SAVE_CACHED_NETWORK;
        request.fastMath = options->flags & FOVEA_ARMNN_FAST_MATH;
        request.fp16 = options->flags & FOVEA_ARMNN_FP16;
        std::lock_guard<std::mutex> guard(registryMutex());
        *network = load(*runtime, request).release();
    });
}

int32_t fovea_armnn_network_id(const fovea_armnn_network *network) { return network->id; }

int32_t fovea_armnn_network_is_fp16(const fovea_armnn_network *network) { return network->fp16; }

size_t fovea_armnn_tensor_count(const fovea_armnn_network *network, int32_t which) {
    return network->tensors(which).size();
}

int32_t fovea_armnn_tensor(
    const fovea_armnn_network *network, int32_t which, size_t index, fovea_armnn_tensor_info *info) {
    const auto &tensors = network->tensors(which);
    if (index >= tensors.size() || !info) return FOVEA_ARMNN_BAD_REQUEST;
    return guarded(nullptr, 0, [&] { *info = tensors[index].describe(); });
}

int32_t fovea_armnn_run(
    fovea_armnn_network *network, const void *const *inputs, size_t input_count, void *const *outputs,
    size_t output_count, char *error, size_t capacity) {
    return guarded(error, capacity, [&] {
        if (input_count != network->inputs.size() || output_count != network->outputs.size()) {
            throw Refusal(
                FOVEA_ARMNN_BAD_REQUEST, "not as many buffers as the network has inputs and outputs");
        }
        network->run(inputs, outputs);
    });
}

void fovea_armnn_unload(fovea_armnn_network *network) {
    guarded(nullptr, 0, [&] {
        std::lock_guard<std::mutex> guard(registryMutex());
        delete network;
    });
}

void fovea_armnn_destroy(fovea_armnn_runtime *runtime) {
    guarded(nullptr, 0, [&] {
        std::lock_guard<std::mutex> guard(registryMutex());
        delete runtime;
    });
}
