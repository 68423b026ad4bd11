import FoveaCore
import Foundation

extension ArmNNConfiguration {
    /// The backend that computes on Mali.
    static let gpu = "GpuAcc"

    /// Whether networks run on the GPU.
    var usesGPU: Bool { backends.contains(Self.gpu) }

    /// - Throws: ``FoveaError/Code/invalidSetting`` naming the setting.
    func validate() throws {
        guard !backends.isEmpty, backends.allSatisfy(Self.isName) else {
            throw FoveaError(
                .invalidSetting,
                """
                Arm NN cannot use the backends [\(backends.joined(separator: ", "))]: name at least one, \
                such as GpuAcc.
                """
            )
        }
        guard (0...3).contains(tuningLevel) else {
            throw FoveaError(
                .invalidSetting,
                """
                \(tuningLevel) is no tuning level of Arm NN: choose 1 (rapid), 2 (normal) or 3 (exhaustive), \
                or 0 to use what an earlier tuning found (MACHINE_LEARNING_ANN_TUNING_LEVEL).
                """)
        }
        if usesGPU, tuningLevel == 0 { try checkTuningFile() }
    }

    private func checkTuningFile() throws {
        guard let tuningFile else {
            throw FoveaError(
                .invalidSetting,
                """
                Arm NN's tuning level 0 uses what an earlier tuning found, but no tuning file is named: \
                choose 1 to 3.
                """
            )
        }
        let path = tuningFile.path(percentEncoded: false)
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw FoveaError(
                .invalidSetting,
                """
                Arm NN's tuning level 0 uses what an earlier tuning found, but \(path) cannot be read: \
                run once with MACHINE_LEARNING_ANN_TUNING_LEVEL set to 1, 2 or 3.
                """)
        }
    }

    /// The names travel with commas between them.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ",") && $0 < 0x7F }
    }
}
