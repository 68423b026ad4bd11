import CArmNN
import FoveaCore

/// The Mali GPU's OpenCL driver, which Arm NN opens by itself.
enum GPUDriver {
    /// Looks whether there is a driver, because Arm NN itself only says that
    /// its backend is not there.
    ///
    /// - Parameter names: libraries, any of which will do.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` naming them.
    static func check(_ names: [String]) throws {
        var reasons: [String] = []
        for name in names {
            var reason = ErrorText()
            guard reason.receive({ fovea_armnn_can_open(name, $0, $1) }) == 0 else { return }
            reasons.append("\(reason)")
        }
        throw FoveaError(
            .engineUnavailable,
            """
            Arm NN cannot compute on the GPU: none of the driver's libraries \
            \(names.joined(separator: ", ")) can be opened (\(reasons.first ?? "none was named")). \
            Install the Mali driver of your board; in a container, mount the \
            host's /usr/lib/libmali.so and pass /dev/mali0.
            """)
    }
}
