import FoveaBackends
import FoveaCore
import Foundation
import ONNXRuntimeBackend

/// The device that golden tests run on: the processor, or what
/// `make test-accelerators` names in the environment.
enum TestDevice {
    static let device = variable("FOVEA_TEST_DEVICE").flatMap { Device($0) } ?? .cpu

    static func backend() throws -> any Backend {
        try ONNXRuntimeBackend(
            configuration: ONNXRuntimeConfiguration(
                device: device, plugInPath: variable("FOVEA_TEST_PLUGIN")))
    }

    private static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
