import FoveaBackends
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaGraphs
import FoveaServer
import FoveaSystem
import Foundation
import Logging
import Testing

/// Where the models of a worker should run.
@Suite struct WorkerDevicesTests {
    private let visual = ModelID(.clip, .visual, name: "a")
    private let gpu = Device(.cuda, "0")

    private func plan(
        _ yaml: String = "", own: Device, _ variables: [String: String] = [:], for model: ModelID,
        installed: [RuntimePackage] = []
    ) throws -> PlacementPlan {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(component: "fovea.yaml")
        try Data(yaml.utf8).write(to: file)
        let settings = try Settings(
            environment: variables.merging(["FOVEA_CONFIG": file.path, "HOME": folder.path]) { $1 })
        return WorkerDevices(
            own: own, settings: settings, machine: machine(installed),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ).plan(for: model)
    }

    /// An Intel processor and nothing else.
    private func machine(_ installed: [RuntimePackage]) -> Machine {
        var snapshot = SystemSnapshot(reading: LocalSystem())
        snapshot.cpu.model = "Intel(R) N100"
        snapshot.pci = []
        snapshot.nvidia.driver = nil
        let folders = installed.map { ($0, URL(filePath: "/lib/\($0.rawValue)")) }
        return Machine(snapshot: snapshot, installed: Dictionary(uniqueKeysWithValues: folders))
    }

    @Test func whereNobodyHasChosenOpenVINOMayBeTheFasterOne() throws {
        let plan = try plan(own: .cpu, for: visual, installed: [.openvino])
        #expect(plan.candidates == [Candidate(Device(.openvino, "CPU")), .reference])
        #expect(plan.isFreeChoice)
    }

    @Test(arguments: [
        ("", ["MACHINE_LEARNING_DEVICE_IDS": "cpu"]), ("devices: [cpu]", [:]),
        ("models: [{match: 'clip/*', device: cpu}]", [:]),
    ])
    func whoeverAskedForTheProcessorHasONNXRuntimes(yaml: String, variables: [String: String]) throws {
        let plan = try plan(yaml, own: .cpu, variables, for: visual, installed: [.openvino])
        #expect(plan.candidates == [.reference])
    }

    @Test func aWorkerRunsOnItsDeviceAndThenOnTheProcessor() throws {
        #expect(try plan(own: gpu, for: visual).candidates == [Candidate(gpu), .reference])
        #expect(try plan(own: .cpu, for: visual).candidates == [.reference])
    }

    private static let int8 = ["FOVEA_QUANTIZE": "int8"]

    @Test(arguments: [
        ("", int8), ("models: [{match: 'clip/*', precision: int8}]", [:]),
        ("models: [{match: 'clip/*/visual', precision: int8}, {match: '*', precision: fp32}]", int8),
    ])
    func theProcessorRunsInInt8WhereThatIsAskedFor(yaml: String, variables: [String: String]) throws {
        #expect(
            try plan(yaml, own: .cpu, variables, for: visual).candidates == [.quantized, .reference])
    }

    @Test(arguments: [
        ("", [:]), ("", ["FOVEA_QUANTIZE": "off"]), ("models: [{match: 'clip/*', precision: fp32}]", int8),
        ("models: [{match: 'ocr/*', precision: int8}]", [:]),
    ])
    func elseItDoesNot(yaml: String, variables: [String: String]) throws {
        #expect(try plan(yaml, own: .cpu, variables, for: visual).candidates == [.reference])
    }

    @Test func detectorsAreNotQuantised() throws {
        for task in [ModelTask.facialRecognition, .ocr] {
            let detector = ModelID(task, .detection, name: "a")
            #expect(try plan(own: .cpu, Self.int8, for: detector).candidates == [.reference])
        }
    }

    /// It is a way to run on the processor, and so comes with it.
    @Test func int8IsTheProcessorsOnly() throws {
        let rule = "models: [{match: 'clip/*', precision: int8}]"
        #expect(
            try plan(rule, own: gpu, for: visual).candidates == [Candidate(gpu), .quantized, .reference])
        let strict = "models: [{match: 'clip/*', precision: int8, fallback: fail}]"
        #expect(try plan(strict, own: gpu, for: visual).candidates == [Candidate(gpu)])
        let order = "models: [{match: 'clip/*', device: [cpu, cuda:0]}]"
        #expect(
            try plan(order, own: gpu, Self.int8, for: visual).candidates
                == [.quantized, .reference, Candidate(gpu)])
        let free = try plan(own: .cpu, Self.int8, for: visual, installed: [.openvino])
        #expect(free.candidates == [.quantized, Candidate(Device(.openvino, "CPU")), .reference])
        #expect(free.isFreeChoice)
    }

    @Test(arguments: [
        ("x86_64", ["avx2"], false), ("x86_64", ["avx512f", "avx512_vnni"], true),
        ("x86_64", ["avx2", "avx_vnni"], true), ("aarch64", ["asimd"], true),
    ])
    func weightsHaveSevenBitsWhereEightOverflow(architecture: String, flags: [String], isExact: Bool) throws {
        var machine = machine([])
        var snapshot = machine.snapshot
        (snapshot.cpu.architecture, snapshot.cpu.flags) = (architecture, flags)
        machine = Machine(snapshot: snapshot, installed: [:])
        let devices = WorkerDevices(
            own: .cpu, settings: try Settings(environment: ["HOME": "/h"]), machine: machine,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(devices.deviceSet().quantization == (isExact ? .int8 : .int8Narrow))
    }

    @Test func aRuleNamesTheOrder() throws {
        let yaml = """
            models:
              - match: clip/*
                device: [cpu, cuda:0]
            """
        #expect(try plan(yaml, own: gpu, for: visual).candidates == [.reference, Candidate(gpu)])
    }

    @Test func anothersDeviceIsWantedFirstSoThatAFallbackIsSeen() throws {
        let yaml = """
            models:
              - match: clip/*
                device: cuda:1
            """
        let plan = try plan(yaml, own: gpu, for: visual)
        #expect(plan.candidates == [Candidate(Device(.cuda, "1")), Candidate(gpu), .reference])
    }

    @Test func replicasRunOnTheirOwn() throws {
        let yaml = """
            models:
              - match: clip/*
                replicas: [cuda:0, cuda:1]
            """
        let second = Device(.cuda, "1")
        #expect(try plan(yaml, own: second, for: visual).candidates == [Candidate(second), .reference])
    }

    @Test func withoutFallbackTheProcessorIsNotAmongThem() throws {
        let yaml = """
            models:
              - match: clip/*
                fallback: fail
            """
        #expect(try plan(yaml, own: gpu, for: visual).candidates == [Candidate(gpu)])
    }

    @Test func precisionIsTheRulesAndThenTheSettings() throws {
        let intel = Device(.openvino, "GPU.0")
        let half = ["MACHINE_LEARNING_OPENVINO_PRECISION": "FP16"]
        #expect(try plan(own: intel, half, for: visual).candidates[0] == Candidate(intel, .fp16))
        let yaml = """
            models:
              - match: clip/*
                precision: fp32
            """
        #expect(try plan(yaml, own: intel, half, for: visual).candidates[0] == Candidate(intel, .fp32))
        // The processor is what others are compared with.
        #expect(try plan(own: .cpu, half, for: visual).candidates == [.reference])
    }

    @Test func knownHarmIsRiskedOnlyWhereThatIsSaid() throws {
        let yaml = """
            models:
              - match: clip/*
                known-bad: allow
            """
        #expect(try plan(yaml, own: gpu, for: visual).allowsKnownBad)
        #expect(try !plan(own: gpu, for: visual).allowsKnownBad)
    }
}
