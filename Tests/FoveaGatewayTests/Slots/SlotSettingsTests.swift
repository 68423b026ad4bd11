import FoveaCore
import FoveaGateway
import FoveaServer
import Foundation
import Testing

/// Slots, and the rules for them, as the settings say.
@Suite struct SlotSettingsTests {
    private func slots(_ settings: [String: String], usable: [Device] = [.cpu]) throws -> [Slot] {
        try Slot.all(
            try Settings(environment: settings.merging(["HOME": "/nowhere"]) { $1 }), usable: usable)
    }

    private let gpus = [Device(.cuda, "0"), Device(.cuda, "1"), Device(.openvino, "GPU.0"), .cpu]

    @Test func thePreferredDeviceIsUsed() throws {
        #expect(try slots([:], usable: gpus).map(\.device) == ["cuda:0"])
    }

    @Test(arguments: [
        ("1", "cuda:1"), ("cuda:0", "cuda:0"), ("GPU.0", "openvino:GPU.0"), ("openvino:NPU", "openvino:NPU"),
        ("cpu", "cpu"),
    ])
    func anIdIsANumberOrAName(id: String, device: String) throws {
        #expect(try slots(["MACHINE_LEARNING_DEVICE_ID": id], usable: gpus).map(\.device) == [device])
    }

    /// Immich counts live workers to choose the device of the next, so that one
    /// which comes back has another's.
    @Test func everyWorkerHasItsOwn() throws {
        let settings = ["MACHINE_LEARNING_WORKERS": "4", "MACHINE_LEARNING_DEVICE_IDS": "0,1"]
        #expect(
            try slots(settings, usable: gpus).map(\.device) == ["cuda:0", "cuda:1", "cuda:0", "cuda:1"])
    }

    @Test(arguments: ["2", "voodoo:0", "-1"])
    func aDeviceThatIsNotThereIsNamed(id: String) throws {
        let error = try #require(throws: FoveaError.self) {
            try slots(["MACHINE_LEARNING_DEVICE_IDS": id], usable: gpus)
        }
        #expect(error.message.contains("'\(id)'"))
        #expect(error.message.contains("cuda:0, cuda:1"))
    }

    @Test func thereIsOneSlotByDefault() throws {
        #expect(try slots([:]) == [Slot(index: 0, device: "cpu", deviceID: "0")])
    }

    @Test func workersHaveDevicesInTurn() throws {
        let slots = try slots(["MACHINE_LEARNING_WORKERS": "5", "MACHINE_LEARNING_DEVICE_IDS": "1,0"])
        #expect(slots.map(\.index) == [0, 1, 2, 3, 4])
        #expect(slots.map(\.deviceID) == ["1", "0", "1", "0", "1"])
    }

    @Test func aDeviceOfAllWorkersIsTheirs() throws {
        let slots = try slots(["MACHINE_LEARNING_WORKERS": "2", "MACHINE_LEARNING_DEVICE_ID": "3"])
        #expect(slots.map(\.deviceID) == ["3", "3"])
    }

    @Test func servicesAreSlots() throws {
        let slots = try slots(
            ["MACHINE_LEARNING_DEVICE_IDS": "http://big:3003/secret,1,https://other"], usable: gpus)
        #expect(slots.map(\.device) == ["http://big:3003", "cuda:1", "https://other"])
        #expect(slots.map(\.isLocal) == [false, true, false])
        #expect(slots[0].service?.url(of: "/ping") == "http://big:3003/secret/ping")
        #expect(try self.slots(["MACHINE_LEARNING_DEVICE_ID": "http://big"]).map(\.isLocal) == [false])
    }

    /// More workers are no more services, and fewer no less.
    @Test func aServiceIsOneSlot() throws {
        let ids = ["MACHINE_LEARNING_DEVICE_IDS": "http://big,cpu"]
        let many = try slots(ids.merging(["MACHINE_LEARNING_WORKERS": "4"]) { $1 })
        #expect(many.map(\.device) == ["http://big", "cpu", "cpu"])
        #expect(many.map(\.index) == [0, 1, 2])
        let few = try slots(ids.merging(["MACHINE_LEARNING_WORKERS": "1"]) { $1 })
        #expect(few.map(\.device) == ["http://big", "cpu"])
        #expect(try slots(file: "devices: [http://big/a, http://big/b, http://big/a]").count == 2)
    }

    @Test func theFileNamesServicesWhereverItNamesDevices() throws {
        let slots = try slots(file: "devices: [http://big:3003/s, cpu]")
        #expect(slots.map(\.device) == ["http://big:3003", "cpu"])
        #expect(slots.map(\.deviceID) == ["", "0"])
        let error = try #require(throws: FoveaError.self) {
            try self.slots(file: "models: [{match: clip, device: [cpu, 'http://big:3003/secret']}]")
        }
        #expect(error.message.contains("http://big:3003,") && error.message.contains("'devices'"))
        #expect(!error.message.contains("secret"))
    }

    private func slots(file text: String) throws -> [Slot] {
        let file = FileManager.default.temporaryDirectory.appending(
            component: "fovea-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try slots(["FOVEA_CONFIG": file.path])
    }

    @Test func aServiceIsGivenSixteenRequests() throws {
        let slot = Slot(index: 0, service: try ServiceAddress("http://big"))
        let usual = SlotRules(try Settings(environment: ["HOME": "/nowhere"]), slot: slot)
        #expect(usual.capacity == 16)
        #expect(usual.isService)
        #expect(usual.idleTime == nil)
        let set = try Settings(environment: ["FOVEA_WORKER_REQUESTS": "7", "HOME": "/nowhere"])
        #expect(SlotRules(set, slot: slot).capacity == 7)
        #expect(!SlotRules(set, slot: Slot(index: 1, device: "cpu", deviceID: "0")).isService)
    }

    @Test func rulesComeFromSettings() throws {
        let rules = SlotRules(
            try Settings(environment: [
                "FOVEA_WORKER_REQUESTS": "7", "MACHINE_LEARNING_WORKER_TIMEOUT": "11",
                "MACHINE_LEARNING_MODEL_TTL": "13", "HOME": "/nowhere",
            ]))
        #expect(rules.capacity == 7)
        #expect(rules.patience == .seconds(11))
        #expect(rules.idleTime == .seconds(13))
    }

    @Test func aWorkerStaysWhereModelsDo() throws {
        let settings = ["MACHINE_LEARNING_MODEL_TTL": "0", "HOME": "/nowhere"]
        #expect(SlotRules(try Settings(environment: settings)).idleTime == nil)
    }

    @Test func aWorkerHasTwiceAsManyRequestsAsThereAreCores() throws {
        let rules = SlotRules(try Settings(environment: ["HOME": "/nowhere"]))
        #expect(rules.capacity == 2 * ProcessInfo.processInfo.activeProcessorCount)
    }

    @Test func anAcceleratorHasTwoBatchesAtHand() throws {
        let settings = ["FOVEA_MAX_BATCH_SIZE": "5000", "HOME": "/nowhere"]
        #expect(throws: FoveaError.self) { try Settings(environment: settings) }
        let large = try Settings(environment: ["FOVEA_MAX_BATCH_SIZE": "500", "HOME": "/nowhere"])
        #expect(SlotRules(large, device: Device(.cuda)).capacity == 1000)
        #expect(
            SlotRules(large, device: Device(.openvino, "CPU")).capacity
                == 2 * ProcessInfo.processInfo.activeProcessorCount)
        let none = try Settings(environment: ["FOVEA_MAX_BATCH_SIZE": "1", "HOME": "/nowhere"])
        #expect(
            SlotRules(none, device: Device(.cuda)).capacity
                == max(2, 2 * ProcessInfo.processInfo.activeProcessorCount))
    }
}
