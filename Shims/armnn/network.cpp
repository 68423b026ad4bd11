#include "network.hpp"

#include <armnnDeserializer/IDeserializer.hpp>

#include <sys/stat.h>

#include <algorithm>
#include <fstream>

namespace fovea {

namespace {

std::vector<uint8_t> readFile(const std::string &path) {
    struct stat status;
    std::ifstream file(path, std::ios::binary);
    if (!file || stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
        throw Refusal(FOVEA_ARMNN_BAD_MODEL, "it is no file, or may not be read");
    }
    std::vector<uint8_t> bytes(static_cast<size_t>(status.st_size));
    if (!bytes.empty() && !file.read(reinterpret_cast<char *>(bytes.data()), status.st_size)) {
        throw Refusal(FOVEA_ARMNN_BAD_MODEL, "the file cannot be read to its end");
    }
    return bytes;
}

armnn::INetworkPtr deserialize(const std::vector<uint8_t> &bytes) {
    // Shorter than a flatbuffer's root offset and identifier.
    if (bytes.size() < 8) throw Refusal(FOVEA_ARMNN_BAD_MODEL, "the file is too short to be a network");
    try {
        auto network = armnnDeserializer::IDeserializer::Create()->CreateNetworkFromBinary(bytes);
        if (network) return network;
    } catch (const std::exception &exception) {
        throw Refusal(FOVEA_ARMNN_BAD_MODEL, exception.what());
    }
    throw Refusal(FOVEA_ARMNN_BAD_MODEL, "the file holds no network");
}

void checkBackends(const fovea_armnn_runtime &runtime, const std::vector<std::string> &wanted) {
    if (wanted.empty()) throw Refusal(FOVEA_ARMNN_BAD_REQUEST, "no backend was asked for");
    const auto there = runtime.backends();
    for (const auto &name : wanted) {
        if (std::find(there.begin(), there.end(), name) != there.end()) continue;
        std::string list;
        for (const auto &other : there) list += (list.empty() ? "" : ", ") + other;
        throw Refusal(
            FOVEA_ARMNN_NO_BACKEND,
            "the backend " + name + " is not there or did not start; there is " +
                (list.empty() ? "none" : list));
    }
}

OptimizerOptions optimizerOptions(const LoadRequest &request, bool fp16) {
    OptimizerOptions options;
    setFp16(options, fp16);
    // Given options, a backend that knows of none, such as CpuRef, makes no
    // workload factory, and 23.08 ends the process when it finds that out.
    const bool allTakeOptions = std::all_of(
        request.backends.begin(), request.backends.end(),
        [](const std::string &name) { return name == "GpuAcc" || name == "CpuAcc"; });
    if (!allTakeOptions) return options;
    for (const auto &name : request.backends) {
        armnn::BackendOptions backend(name, {{"FastMathEnabled", request.fastMath}});
        if (name == "GpuAcc" && !request.cachedNetwork.empty()) {
            backend.AddOption({"SaveCachedNetwork", request.savesCachedNetwork});
            backend.AddOption({"CachedNetworkFilePath", request.cachedNetwork});
        }
        addModelOption(options, backend);
    }
    return options;
}

armnn::IOptimizedNetworkPtr optimize(
    const armnn::INetwork &network, armnn::IRuntime &runtime, const LoadRequest &request, bool fp16) {
    std::vector<armnn::BackendId> backends(request.backends.begin(), request.backends.end());
    std::vector<std::string> messages;
    std::string reason;
    try {
        auto optimized = armnn::Optimize(
            network, backends, runtime.GetDeviceSpec(), optimizerOptions(request, fp16),
            armnn::Optional<std::vector<std::string> &>(messages));
        if (optimized) return optimized;
    } catch (const std::exception &exception) {
        reason = exception.what();
    }
    for (const auto &message : messages) reason += (reason.empty() ? "" : "; ") + message;
    throw Refusal(
        FOVEA_ARMNN_BAD_MODEL,
        reason.empty() ? "the backends cannot run one of the network's layers" : reason);
}

std::unique_ptr<fovea_armnn_network> load(
    fovea_armnn_runtime &owner, const LoadRequest &request, const std::vector<uint8_t> &bytes, bool fp16) {
    auto source = deserialize(bytes);
    Bindings bindings(*source);
    auto network = std::make_unique<fovea_armnn_network>(*owner.runtime);
    network->fp16 = fp16;
    std::string reason;
    auto status = owner.runtime->LoadNetwork(
        network->id, optimize(*source, *owner.runtime, request, fp16), reason);
    if (status != armnn::Status::Success) {
        throw Refusal(FOVEA_ARMNN_FAILED, reason.empty() ? "Arm NN could not load the network" : reason);
    }
    network->loaded = true;
    for (const auto &binding : bindings.inputs) {
        auto info = owner.runtime->GetInputTensorInfo(network->id, binding.id);
        markConstant(info, 0);
        network->inputs.push_back({binding.id, binding.name, info});
    }
    for (const auto &binding : bindings.outputs) {
        auto info = owner.runtime->GetOutputTensorInfo(network->id, binding.id);
        network->outputs.push_back({binding.id, binding.name, info});
    }
    return network;
}

int32_t elementType(armnn::DataType type) {
    switch (type) {
        case armnn::DataType::Float32: return FOVEA_ARMNN_FLOAT32;
        case armnn::DataType::Float16: return FOVEA_ARMNN_FLOAT16;
        case armnn::DataType::Signed32: return FOVEA_ARMNN_INT32;
        case armnn::DataType::Boolean: return FOVEA_ARMNN_BOOL;
#if ARMNN_MAJOR_VERSION >= 25
        case armnn::DataType::Signed64: return FOVEA_ARMNN_INT64;
#endif
        default: return FOVEA_ARMNN_OTHER;
    }
}

}  // namespace

std::mutex &registryMutex() {
    // Never freed: networks may go while the process ends.
    static auto *mutex = new std::mutex;
    return *mutex;
}

std::unique_ptr<fovea_armnn_network> load(fovea_armnn_runtime &runtime, const LoadRequest &request) {
    checkBackends(runtime, request.backends);
    const auto bytes = readFile(request.path);
    if (request.fp16) {
        try {
            return load(runtime, request, bytes, true);
        } catch (const std::exception &) {
            // Such as one that has float16 layers already. Where float16 is
            // not to blame, the next attempt gives the reason.
        }
    }
    return load(runtime, request, bytes, false);
}

fovea_armnn_tensor_info BoundTensor::describe() const {
    fovea_armnn_tensor_info result = {};
    result.name = name.c_str();
    result.type_name = armnn::GetDataTypeName(info.GetDataType());
    result.type = elementType(info.GetDataType());
    const auto &shape = info.GetShape();
    if (shape.GetNumDimensions() > FOVEA_ARMNN_MAX_RANK) {
        throw Refusal(FOVEA_ARMNN_BAD_MODEL, "a tensor has too many dimensions");
    }
    result.rank = shape.GetNumDimensions();
    for (unsigned int axis = 0; axis < result.rank; axis++) result.dimensions[axis] = shape[axis];
    result.bytes = info.GetNumBytes();
    return result;
}

}  // namespace fovea

std::vector<std::string> fovea_armnn_runtime::backends() const {
    std::vector<std::string> names;
    for (const auto &id : runtime->GetDeviceSpec().GetSupportedBackends()) names.push_back(id.Get());
    std::sort(names.begin(), names.end());
    return names;
}

fovea_armnn_network::~fovea_armnn_network() {
    if (!loaded) return;
    try {
        runtime.UnloadNetwork(id);
    } catch (...) {
        // There is nothing left to do about a network that does not go.
    }
}

void fovea_armnn_network::run(const void *const *inputBuffers, void *const *outputBuffers) {
    armnn::InputTensors in;
    for (size_t index = 0; index < inputs.size(); index++) {
        in.emplace_back(inputs[index].id, armnn::ConstTensor(inputs[index].info, inputBuffers[index]));
    }
    armnn::OutputTensors out;
    for (size_t index = 0; index < outputs.size(); index++) {
        out.emplace_back(outputs[index].id, armnn::Tensor(outputs[index].info, outputBuffers[index]));
    }
    std::lock_guard<std::mutex> guard(mutex);
    if (runtime.EnqueueWorkload(id, in, out) != armnn::Status::Success) {
        throw fovea::Refusal(FOVEA_ARMNN_FAILED, "Arm NN could not run the network");
    }
}
