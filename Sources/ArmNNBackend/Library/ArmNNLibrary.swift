import CArmNN
import FoveaCore

/// The shim, opened, and with it Arm NN.
///
/// Stays open for the life of the process.
package final class ArmNNLibrary: Sendable {
    /// The file that was opened.
    package let path: String
    /// Version of the Arm NN that the shim was built with, as its library
    /// counts: `33.0.0`.
    package let version: String
    // Allocated once and never freed or written to again.
    nonisolated(unsafe) let api: UnsafePointer<fovea_armnn_api>

    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the file is no shim,
    ///   one for another Fovea, or Arm NN's own libraries are missing.
    package init(path: String) throws {
        var reason = ErrorText()
        guard let api = reason.receive({ fovea_armnn_open(path, $0, $1) }) else {
            throw FoveaError(
                .engineUnavailable,
                """
                Fovea's library for Arm NN, \(path), cannot be used: \(reason). \
                \(Self.advice(on: "\(reason)"))
                """)
        }
        self.path = path
        self.api = api
        version = String(cString: api.pointee.version())
    }

    /// Whether fast math and cached networks can be asked for.
    var hasModelOptions: Bool {
        api.pointee.features() & UInt32(FOVEA_ARMNN_HAS_MODEL_OPTIONS) != 0
    }

    static let advice = """
        Build it with `make -C Shims/armnn install` on a machine with Arm NN's headers \
        (Debian: libarmnn-dev), or set FOVEA_ARMNN_SHIM to the path of a \(ShimLocator.fileName).
        """

    /// What helps, going by the dynamic linker's words.
    private static func advice(on reason: String) -> String {
        guard reason.contains("libarmnn") else { return advice }
        return """
            Arm NN's own libraries are needed, of the version that it was built with: put them beside it, \
            or install them (Debian: libarmnn22 on bookworm, libarmnn33t64 on trixie).
            """
    }
}

/// Room for the reason that a native call gives.
struct ErrorText: CustomStringConvertible {
    private var characters = [CChar](repeating: 0, count: 2048)

    /// Hands the room to a call.
    mutating func receive<Result>(_ call: (UnsafeMutablePointer<CChar>, Int) -> Result) -> Result {
        characters.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("the room is never empty") }
            return call(start, buffer.count)
        }
    }

    /// The text up to the first NUL, without blanks or a full stop at its end.
    var description: String {
        var text = Substring(
            String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        while let last = text.last, last.isWhitespace || last == "." { text.removeLast() }
        return String(text)
    }
}
