// What differs between the versions of Arm NN: 20.08 (library version 22.0,
// Debian 12), 23.08 (33.0, Debian 13) and newer ones, such as the 24.05 that
// Immich ships.
#pragma once

#include <armnn/ArmNN.hpp>
#include <armnn/Version.hpp>

#if ARMNN_MAJOR_VERSION >= 24
#include <armnn/IStrategy.hpp>
#else
#include <armnn/LayerVisitorBase.hpp>
#endif

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace fovea {

/// What feeds a network or comes out of it.
struct Binding {
    armnn::LayerBindingId id;
    std::string name;
};

/// Finds a network's inputs and outputs, in the file's order.
#if ARMNN_MAJOR_VERSION >= 24
struct Bindings : armnn::IStrategy {
    std::vector<Binding> inputs, outputs;

    void ExecuteStrategy(
        const armnn::IConnectableLayer *layer, const armnn::BaseDescriptor &,
        const std::vector<armnn::ConstTensor> &, const char *name, const armnn::LayerBindingId id) override {
        if (layer->GetType() == armnn::LayerType::Input) inputs.push_back({id, name ? name : ""});
        if (layer->GetType() == armnn::LayerType::Output) outputs.push_back({id, name ? name : ""});
    }

    explicit Bindings(const armnn::INetwork &network) { network.ExecuteStrategy(*this); }
};
#else
struct Bindings : armnn::LayerVisitorBase<armnn::VisitorNoThrowPolicy> {
    std::vector<Binding> inputs, outputs;

    void VisitInputLayer(
        const armnn::IConnectableLayer *, armnn::LayerBindingId id, const char *name) override {
        inputs.push_back({id, name ? name : ""});
    }

    void VisitOutputLayer(
        const armnn::IConnectableLayer *, armnn::LayerBindingId id, const char *name) override {
        outputs.push_back({id, name ? name : ""});
    }

    explicit Bindings(const armnn::INetwork &network) { network.Accept(*this); }
};
#endif

#if ARMNN_MAJOR_VERSION >= 33
using OptimizerOptions = armnn::OptimizerOptionsOpaque;

inline void setFp16(OptimizerOptions &options, bool on) { options.SetReduceFp32ToFp16(on); }

inline void addModelOption(OptimizerOptions &options, const armnn::BackendOptions &option) {
    options.AddModelOption(option);
}

constexpr bool hasModelOptions = true;
#else
using OptimizerOptions = armnn::OptimizerOptions;

inline void setFp16(OptimizerOptions &options, bool on) { options.m_ReduceFp32ToFp16 = on; }

template <typename Options, typename = void>
struct ModelOptions {
    static constexpr bool exist = false;
    static void add(Options &, const armnn::BackendOptions &) {}
};

template <typename Options>
struct ModelOptions<Options, decltype(void(std::declval<Options &>().m_ModelOptions))> {
    static constexpr bool exist = true;
    static void add(Options &options, const armnn::BackendOptions &option) {
        options.m_ModelOptions.push_back(option);
    }
};

inline void addModelOption(OptimizerOptions &options, const armnn::BackendOptions &option) {
    ModelOptions<OptimizerOptions>::add(options, option);
}

constexpr bool hasModelOptions = ModelOptions<OptimizerOptions>::exist;
#endif

/// Newer versions take only tensors that are marked as constant as inputs.
template <typename Info>
auto markConstant(Info &info, int) -> decltype(info.SetConstant(true)) {
    info.SetConstant(true);
}

template <typename Info>
void markConstant(Info &, long) {}

}  // namespace fovea
