package import FoveaBackends
import FoveaCore

extension TensorInfo {
    /// `float32[?, 3, 48, ?]`
    package var description: String {
        let lengths = shape.map { $0.map(String.init) ?? "?" }
        return "\(elementType.rawValue)[\(lengths.joined(separator: ", "))]"
    }
}
