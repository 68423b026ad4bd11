// Writes small networks for the tests of ArmNNBackend into a folder:
//
//   dense.armnn       out[1,3] = in[1,4] x W + b, W[i][j] = 3 i + j, b = 1, 2, 3
//   difference.armnn  difference[2,3] = left[2,3] - right[2,3]
//   both.armnn        the same, and sum[2,3] = left[2,3] + right[2,3]; not by
//                     20.08, which stops the process when it reads two outputs
//   half.armnn        out[1,4] = in[1,4] + in[1,4], all in float16
//   number.armnn      out[1,4] = in[1,4] + in[1,4], quantised to 8 bits
#include <armnn/ArmNN.hpp>
#include <armnn/Version.hpp>
#include <armnnSerializer/ISerializer.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

using namespace armnn;

namespace {

void save(const INetwork &network, const std::string &path) {
    auto serializer = armnnSerializer::ISerializer::Create();
    serializer->Serialize(network);
    std::ofstream file(path, std::ios::binary);
    if (!serializer->SaveSerializedToStream(file) || !file.flush()) throw Exception("cannot write " + path);
}

void connect(IConnectableLayer *from, IConnectableLayer *to, unsigned int slot, const TensorInfo &info) {
    from->GetOutputSlot(0).Connect(to->GetInputSlot(slot));
    from->GetOutputSlot(0).SetTensorInfo(info);
}

IConnectableLayer *sum(INetwork &network, const char *name) {
#if ARMNN_MAJOR_VERSION >= 33
    return network.AddElementwiseBinaryLayer(ElementwiseBinaryDescriptor(BinaryOperation::Add), name);
#else
    return network.AddAdditionLayer(name);
#endif
}

IConnectableLayer *difference(INetwork &network, const char *name) {
#if ARMNN_MAJOR_VERSION >= 33
    return network.AddElementwiseBinaryLayer(ElementwiseBinaryDescriptor(BinaryOperation::Sub), name);
#else
    return network.AddSubtractionLayer(name);
#endif
}

void dense(const std::string &path) {
    auto network = INetwork::Create();
    float weights[12];
    for (int index = 0; index < 12; index++) weights[index] = static_cast<float>(index);
    float bias[] = {1, 2, 3};
    TensorInfo weightsInfo({4, 3}, DataType::Float32), biasInfo({3}, DataType::Float32);
    TensorInfo inInfo({1, 4}, DataType::Float32), outInfo({1, 3}, DataType::Float32);
    FullyConnectedDescriptor descriptor;
    descriptor.m_BiasEnabled = true;
    descriptor.m_TransposeWeightMatrix = false;

    auto in = network->AddInputLayer(0, "in");
    auto out = network->AddOutputLayer(0, "out");
#if ARMNN_MAJOR_VERSION >= 26
    weightsInfo.SetConstant(true);
    biasInfo.SetConstant(true);
    auto layer = network->AddFullyConnectedLayer(descriptor, "dense");
    connect(network->AddConstantLayer(ConstTensor(weightsInfo, weights), "weights"), layer, 1, weightsInfo);
    connect(network->AddConstantLayer(ConstTensor(biasInfo, bias), "bias"), layer, 2, biasInfo);
#else
    auto layer = network->AddFullyConnectedLayer(
        descriptor, ConstTensor(weightsInfo, weights), Optional<ConstTensor>(ConstTensor(biasInfo, bias)),
        "dense");
#endif
    connect(in, layer, 0, inInfo);
    connect(layer, out, 0, outInfo);
    save(*network, path);
}

void pair(const std::string &path, bool withSum) {
    auto network = INetwork::Create();
    TensorInfo info({2, 3}, DataType::Float32);
    // Numbers that are not in order, as converters make them.
    auto left = network->AddInputLayer(7, "left");
    auto right = network->AddInputLayer(3, "right");
    auto minus = difference(*network, "minus");
    connect(left, minus, 0, info);
    connect(right, minus, 1, info);
    connect(minus, network->AddOutputLayer(9, "difference"), 0, info);
    if (withSum) {
        auto plus = sum(*network, "plus");
        connect(left, plus, 0, info);
        connect(right, plus, 1, info);
        connect(plus, network->AddOutputLayer(1, "sum"), 0, info);
    }
    save(*network, path);
}

void doubled(const std::string &path, const TensorInfo &info) {
    auto network = INetwork::Create();
    auto in = network->AddInputLayer(0, "in");
    auto plus = sum(*network, "plus");
    connect(in, plus, 0, info);
    connect(in, plus, 1, info);
    connect(plus, network->AddOutputLayer(0, "out"), 0, info);
    save(*network, path);
}

}  // namespace

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: write_models FOLDER\n");
        return 2;
    }
    const std::string folder = arguments[1];
    try {
        dense(folder + "/dense.armnn");
        pair(folder + "/difference.armnn", false);
#if ARMNN_MAJOR_VERSION >= 24
        pair(folder + "/both.armnn", true);
#endif
        doubled(folder + "/half.armnn", TensorInfo({1, 4}, DataType::Float16));
        doubled(folder + "/number.armnn", TensorInfo({1, 4}, DataType::QAsymmU8, 0.5f, 0));
    } catch (const std::exception &exception) {
        fprintf(stderr, "write_models: %s\n", exception.what());
        return 1;
    }
}
