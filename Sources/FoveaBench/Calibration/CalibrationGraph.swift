package import Foundation
import FoveaGraphs

/// A small graph whose cost is known: the products of matrices that a vision
/// transformer spends its time on, without any model at hand.
///
/// Six times 768 to 3072 and back for 197 tokens, as ViT-B/16 has it twelve
/// times. The weights are made by the engine when it opens the graph, so the
/// file is some hundred bytes and the run still reads 113 MB.
package enum CalibrationGraph {
    /// Rows and columns of the input.
    package static let inputShape = [1, 197, 768]
    private static let layers = 6
    private static let inner = 3072

    /// Floating-point operations of a run, in billions.
    package static let gigaflops =
        Double(layers * 2 * 2 * inputShape[1] * inputShape[2] * inner) / 1e9

    /// What it would take in Immich's measurement: ViT-B/16's time (5.03 ms) by its
    /// share of ViT-B/16's operations (35.13 billion).
    package static let milliseconds = 5.03 * gigaflops / 35.13

    /// The bytes of the model's file. Field numbers are those of onnx.proto3.
    package static var model: Data {
        WireMessage([
            .int(1, 8),
            .text(2, "Fovea"),
            .message(7, graph),
            .message(8, WireMessage([.text(1, ""), .int(2, 13)])),
        ]).encoded()
    }

    private static var graph: WireMessage {
        var fields: [WireField] = []
        var initializers: [WireField] = []
        var value = "x"
        for layer in 0..<layers {
            for (half, shape) in [[inputShape[2], inner], [inner, inputShape[2]]].enumerated() {
                let name = "\(layer)_\(half)"
                initializers.append(.message(5, sizes(shape, named: "shape\(name)")))
                // A mean of the row, so that numbers neither grow nor vanish. Each is
                // another, or the engine would keep one matrix for all.
                let weight = (1 + Float(2 * layer + half) / 1000) / Float(shape[0])
                fields.append(.message(1, constant(weight, ["shape\(name)"], "weight\(name)")))
                let next = layer == layers - 1 && half == 1 ? "y" : "value\(name)"
                fields.append(.message(1, node("MatMul", [value, "weight\(name)"], next)))
                value = next
            }
        }
        fields.append(.text(2, "calibration"))
        fields += initializers
        fields.append(.message(11, info("x")))
        fields.append(.message(12, info("y")))
        return WireMessage(fields)
    }

    private static func node(
        _ type: String, _ inputs: [String], _ output: String, _ attributes: [WireField] = []
    ) -> WireMessage {
        WireMessage(inputs.map { .text(1, $0) } + [.text(2, output), .text(4, type)] + attributes)
    }

    private static func constant(_ value: Float, _ inputs: [String], _ output: String) -> WireMessage {
        let tensor = WireMessage([
            .int(1, 1), .int(2, 1),
            .bytes(9, withUnsafeBytes(of: value.bitPattern.littleEndian) { Data($0) }),
        ])
        let attribute = WireMessage([.text(1, "value"), .message(5, tensor), .int(20, 4)])
        return node("ConstantOfShape", inputs, output, [.message(5, attribute)])
    }

    private static func sizes(_ shape: [Int], named name: String) -> WireMessage {
        let bytes = shape.reduce(into: Data()) { data, size in
            withUnsafeBytes(of: Int64(size).littleEndian) { data.append(contentsOf: $0) }
        }
        return WireMessage([.int(1, Int64(shape.count)), .int(2, 7), .text(8, name), .bytes(9, bytes)])
    }

    private static func info(_ name: String) -> WireMessage {
        let shape = WireMessage(
            inputShape.map { .message(1, WireMessage([.int(1, Int64($0))])) })
        let tensor = WireMessage([.int(1, 1), .message(2, shape)])
        return WireMessage([.text(1, name), .message(2, WireMessage([.message(1, tensor)]))])
    }
}
