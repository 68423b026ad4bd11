import ArmNNBackend
import FoveaCore
import Foundation
import Testing

/// Settings that cannot be used are named before anything is opened.
@Suite struct ConfigurationTests {
    private func failure(_ configuration: ArmNNConfiguration) throws -> FoveaError {
        var configuration = configuration
        configuration.libraryPath = "/no/such/libfovea_armnn.so"
        return try #require(throws: FoveaError.self) { try ArmNNBackend(configuration: configuration) }
    }

    @Test func defaultsAreTheReplacedServices() {
        let configuration = ArmNNConfiguration()
        #expect(configuration.backends == ["GpuAcc"])
        #expect(configuration.fastMath)
        #expect(!configuration.fp16)
        #expect(configuration.tuningLevel == 2)
        #expect(configuration.cachesNetworks)
        #expect(configuration.driverLibraries.first == "libmali.so")
    }

    @Test(arguments: [-1, 4, Int.max])
    func otherTuningLevelsAreRefused(level: Int) throws {
        let error = try failure(.init(tuningLevel: level))
        #expect(error.code == .invalidSetting)
        #expect(error.message.contains("\(level)"))
        #expect(error.message.contains("MACHINE_LEARNING_ANN_TUNING_LEVEL"))
    }

    @Test(arguments: [1, 2, 3])
    func tuningLevelsNeedNoFile(level: Int) throws {
        #expect(try failure(.init(tuningLevel: level)).code == .engineUnavailable)
    }

    @Test func level0NeedsAFileThatIsThere() async throws {
        #expect(try failure(.init(tuningLevel: 0)).message.contains("no tuning file is named"))
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "gpu-tuning.ann")
            let missing = try failure(.init(tuningLevel: 0, tuningFile: file))
            #expect(missing.code == .invalidSetting)
            #expect(missing.message.contains(file.path(percentEncoded: false)))
            try Data("lws\n".utf8).write(to: file)
            #expect(try failure(.init(tuningLevel: 0, tuningFile: file)).code == .engineUnavailable)
        }
        // The CPU is not tuned.
        #expect(try failure(.init(backends: ["CpuRef"], tuningLevel: 0)).code == .engineUnavailable)
    }

    @Test(arguments: [[], [""], ["GpuAcc,CpuAcc"], ["Gpu Acc"], ["GpuAcc", "Cpu\nRef"]])
    func backendsMustBeNames(backends: [String]) throws {
        #expect(try failure(.init(backends: backends)).code == .invalidSetting)
    }
}
