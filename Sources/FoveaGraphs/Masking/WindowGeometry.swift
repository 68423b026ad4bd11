/// How a window of two dimensions moves over a map: an operator's kernel,
/// strides, dilations and padding.
package struct WindowGeometry {
    /// Along one side.
    package struct Axis: Equatable {
        /// Places that the window spans, gaps of a dilation included.
        package var span: Int
        package var stride: Int
        /// Padding before the first place and after the last.
        package var begin: Int
        package var end: Int

        package init(span: Int, stride: Int, begin: Int, end: Int) {
            self.span = span
            self.stride = stride
            self.begin = begin
            self.end = end
        }

        /// Whether a picture whose side is a multiple of the stride gives one
        /// place a stride, on a canvas of its own: ⌊(n + pads − span) / stride⌋
        /// + 1 = n / stride.
        package var keepsGrid: Bool {
            span - stride <= begin + end && begin + end < span
        }

        /// Whether a window on the picture's last places reads places after
        /// it. What comes before the first is padding on any canvas.
        package var readsBeyond: Bool { span - begin > stride }
    }

    var vertical: Axis
    var horizontal: Axis

    var axes: [Axis] { [vertical, horizontal] }

    /// - Parameter kernel: the kernel's sides, where the node does not say.
    init(_ node: NodeProto, kernel: [Int64]?) throws {
        func pair(_ name: String, or standard: [Int64]) throws -> [Int] {
            let values = try node.ints(name) ?? []
            let pair = values.isEmpty ? standard : values
            guard pair.count == 2, pair.allSatisfy({ 1...1024 ~= $0 }) else {
                throw Declined(node, "has \(name) \(pair), which are not followed")
            }
            return pair.map(Int.init)
        }
        let sides = try pair("kernel_shape", or: kernel ?? [])
        let strides = try pair("strides", or: [1, 1])
        let dilations = try pair("dilations", or: [1, 1])
        let spans = zip(sides, dilations).map { ($0 - 1) * $1 + 1 }
        let pads = try Self.pads(node, spans: spans, strides: strides)
        func axis(_ index: Int) -> Axis {
            Axis(span: spans[index], stride: strides[index], begin: pads[index], end: pads[index + 2])
        }
        vertical = axis(0)
        horizontal = axis(1)
    }

    /// Top, left, bottom, right.
    private static func pads(_ node: NodeProto, spans: [Int], strides: [Int]) throws -> [Int] {
        switch try node.text("auto_pad") ?? "NOTSET" {
        case "NOTSET":
            let pads = try node.ints("pads") ?? []
            guard pads.isEmpty || pads.count == 4, pads.allSatisfy({ 0...1024 ~= $0 }) else {
                throw Declined(node, "has pads \(pads), which are not followed")
            }
            return pads.isEmpty ? [0, 0, 0, 0] : pads.map(Int.init)
        case "VALID": return [0, 0, 0, 0]
        // As much as gives a place a stride, where the side is a multiple of it;
        // what is odd goes where the name says.
        case "SAME_UPPER":
            let sums = zip(spans, strides).map { max($0 - $1, 0) }
            return sums.map { $0 / 2 } + sums.map { $0 - $0 / 2 }
        case "SAME_LOWER":
            let sums = zip(spans, strides).map { max($0 - $1, 0) }
            return sums.map { $0 - $0 / 2 } + sums.map { $0 / 2 }
        case let other: throw Declined(node, "has auto_pad \(other), which is not followed")
        }
    }
}
