import FoveaBackends
import FoveaCore
import FoveaEngine
import FoveaModels
import FoveaTesting
import Foundation
import Logging
import Testing

/// Which graph of a text detector a device runs.
@Suite struct MaskedGraphTests {
    private let gpu = Candidate(Device(.openvino, "GPU.0"))

    @Test func aDeviceOfFewShapesRunsACopyWithAMask() async throws {
        let world = try DetectorWorld()
        try await world.detect(on: gpu)
        let copy = try #require(try world.copies().first)
        #expect(copy.hasPrefix("ocr-a-detection_mask-1_"))
        #expect(world.journal.entries.contains("openvino:GPU.0 opens fovea/graphs/\(copy)/model.onnx"))
        #expect(world.journal.entries.contains("cpu opens ocr/a/detection/model.onnx"))
    }

    /// The picture is 128 × 64: it is the reference that sees it on a canvas of
    /// its own, and the device that sees it masked on one of the ladder's.
    @Test func theMaskIsWhereThePictureIs() async throws {
        let world = try DetectorWorld()
        try await world.detect(on: gpu)
        #expect(world.journal.entries.last == "openvino:GPU.0 runs [1, 3, 256, 256], 64 rows of 128")
    }

    @Test func itIsComparedWithTheGraphAsItIsOnOtherCanvases() async throws {
        let world = try DetectorWorld()
        try await world.detect(on: gpu)
        let runs = world.journal.entries.filter { $0.contains("cpu runs") }
        #expect(!runs.isEmpty && runs.allSatisfy { $0.hasSuffix("no mask") })
        // Of the built-in pictures, which are 416 × 320 and 320 × 240.
        #expect(Set(runs) == Set(try world.ownCanvases().map { "cpu runs \($0), no mask" }))
    }

    /// Before each shape and after the last, each of which is run once.
    @Test func howFarPreparationsAreIsSaid() async throws {
        let world = try DetectorWorld()
        try await world.detect(on: gpu)
        let entries = world.journal.entries
        let first = try #require(entries.firstIndex { $0.hasPrefix("prepared") })
        let last = try #require(entries.lastIndex { $0.hasPrefix("prepared") })
        let total = (last - first) / 2
        try #require(total > 0 && entries.firstIndex(of: "trying") ?? last < first)
        let steps = entries[first...last].enumerated()
        #expect(
            steps.filter { $0.offset % 2 == 0 }.map(\.element)
                == (0...total).map { "prepared \($0) of \(total)" })
        let runs = steps.filter { $0.offset % 2 == 1 }.map(\.element)
        #expect(runs.allSatisfy { $0.hasPrefix("openvino:GPU.0 runs") })
        #expect(Set(runs).count == total, "Each has another shape")
    }

    @Test func nothingIsPreparedWhereAnyShapeRuns() async throws {
        let world = try DetectorWorld(shapes: .any)
        try await world.detect(on: gpu)
        #expect(!world.journal.entries.contains { $0.hasPrefix("prepared") })
    }

    @Test func aCopyIsMadeOnceForAllProcesses() async throws {
        let world = try DetectorWorld()
        try await world.detect(on: gpu)
        let numbers = try world.copyNumbers()
        try await world.detect(on: gpu)
        #expect(try world.copyNumbers() == numbers)
        #expect(numbers.count == 1)
        // The proof still counts.
        #expect(world.journal.count(of: "trying") == 1)
    }

    @Test func aGraphThatIsNotFollowedRunsAsItIs() async throws {
        let world = try DetectorWorld(.init("Softmax", ["x"], ["y"], ["axis": 3]))
        try await world.detect(on: gpu)
        #expect(world.journal.entries.contains("openvino:GPU.0 opens ocr/a/detection/model.onnx"))
        #expect(world.journal.entries.last == "openvino:GPU.0 runs [1, 3, 256, 256], no mask")
        // Then the processor sees the same canvases, not those of its own.
        let runs = world.journal.entries.filter { $0.hasPrefix("cpu runs") }
        #expect(!runs.isEmpty)
        #expect(Set(runs).isDisjoint(with: try world.ownCanvases().map { "cpu runs \($0), no mask" }))
        #expect(
            world.log.entries.count { $0.contains("Softmax giving y is not known to keep places apart") } == 1
        )
        #expect(try world.copies().isEmpty)
    }

    @Test func aFolderThatCannotBeWrittenLeavesTheGraphAsItIs() async throws {
        let world = try DetectorWorld()
        try Data().write(to: world.folder.appending(path: "fovea"))
        try await world.detect(on: gpu)
        #expect(world.journal.entries.contains("openvino:GPU.0 opens ocr/a/detection/model.onnx"))
        #expect(world.log.entries.count { $0.contains("a copy cannot be made") } == 1)
    }

    @Test func aDeviceOfAnyShapeRunsTheGraphAsItIs() async throws {
        let world = try DetectorWorld(shapes: .any)
        try await world.detect(on: gpu)
        #expect(world.journal.entries.contains("openvino:GPU.0 opens ocr/a/detection/model.onnx"))
        #expect(try world.copies().isEmpty)
    }

    @Test func aFileOfTheEnginesOwnStays() async throws {
        let world = try DetectorWorld(file: "model.own")
        try await world.detect(on: gpu)
        #expect(world.journal.entries.contains("openvino:GPU.0 opens ocr/a/detection/model.own"))
        #expect(try world.copies().isEmpty)
    }

    /// Today's canvases are better than no device.
    @Test(arguments: [DetectorWorld.Trouble.opening, .answers])
    func aDeviceThatCannotRunTheCopyRunsTheGraphAsItIs(trouble: DetectorWorld.Trouble) async throws {
        let world = try DetectorWorld(trouble: trouble)
        try await world.detect(on: gpu)
        #expect(world.journal.entries.last == "openvino:GPU.0 runs [1, 3, 256, 256], no mask")
        #expect(world.journal.count(of: "trying") == 2)
        let reason = trouble == .opening ? "It does not compile." : "its answers differ"
        #expect(
            world.log.entries.contains {
                $0.contains("with its graph as it is, for the rewritten one: \(reason)")
            })
    }

    /// The next process knows that the answers were wrong.
    @Test func whatWasFoundWrongIsNotTriedAgain() async throws {
        let world = try DetectorWorld(trouble: .answers)
        try await world.detect(on: gpu)
        let tried = world.journal.count(of: "trying")
        try await world.detect(on: gpu)
        #expect(world.journal.entries.last == "openvino:GPU.0 runs [1, 3, 256, 256], no mask")
        #expect(tried == 2 && world.journal.count(of: "trying") == tried)
    }
}
