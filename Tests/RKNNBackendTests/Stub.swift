import FoveaBackends
import FoveaCore
import Foundation
import RKNNBackend
import Testing

/// A copy of the stub library and the files of one test.
struct Stub {
    let folder: URL
    var library: String { folder.appending(path: "librknnrt.so").path }
    private var logFile: URL { folder.appending(path: "calls.log") }

    func backend(
        threads: Int = 1, cores: CoreMask = .automatic, soc: SoC = .rk3588,
        log: (@Sendable (String) -> Void)? = nil
    ) throws -> RKNNBackend {
        try RKNNBackend(
            configuration: .init(libraryPath: library, threads: threads, coreMask: cores, log: log), soc: soc)
    }

    /// Writes a model file: `input`, `output`, `rung`, `fail` and other lines
    /// as Stub/model.c reads them.
    func model(_ lines: String..., name: String = "model.rknn") throws -> URL {
        let file = folder.appending(path: name)
        let text = ["stub-rknn", "log \(logFile.path)"] + lines
        try Data(text.joined(separator: "\n").appending("\n").utf8).write(to: file)
        return file
    }

    /// What the library was called with, a line a call, in order.
    var calls: [String] {
        get throws {
            guard FileManager.default.fileExists(atPath: logFile.path) else { return [] }
            return try String(contentsOf: logFile, encoding: .utf8).split(separator: "\n").map(String.init)
        }
    }

    func calls(_ name: String) throws -> [String] { try calls.filter { $0.hasPrefix("\(name) ") } }

    /// Waits for the last reference to a session to go: the pool's thread may
    /// hold one for a moment after a run.
    func expectEverythingReleased() async throws {
        let loaded = try calls("init").count + calls("dup").count
        var destroyed = 0
        for _ in 0..<10_000 where destroyed < loaded {
            await Task.yield()
            destroyed = try calls("destroy").count
        }
        #expect(destroyed == loaded)
        #expect(Set(try calls("destroy")).count == destroyed)
    }
}

/// Runs a test with a stub of its own, then looks for calls that were wrong.
func withStub<Result>(
    without lacks: Set<StubRuntime.Lack> = [], _ body: (Stub) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let stub = Stub(folder: folder)
    try StubRuntime.library(without: lacks).write(to: URL(filePath: stub.library))
    let result = try await body(stub)
    #expect(try stub.calls("VIOLATION") == [])
    return result
}

extension Trait where Self == ConditionTrait {
    /// For tests that need the stub library.
    static var needsCompiler: Self {
        .enabled(if: StubRuntime.compiler != nil, "There is no C compiler to make the stub library with.")
    }
}

/// A tensor of 0, 1, 2, ….
func counting(_ shape: [Int]) -> Tensor {
    Tensor(shape: shape, (0..<shape.reduce(1, *)).map(Float.init))
}

/// What the stub makes of ``counting(_:)`` in its first output: 2x + i with
/// x = i, counted planes first.
func tripled(_ count: Int) -> [Float] { (0..<count).map { 3 * Float($0) } }
