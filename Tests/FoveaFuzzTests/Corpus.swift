import FoveaFuzz
import Foundation

/// The inputs of a target: those kept in `Tests/Fixtures/fuzz`, and with
/// pictures the fixtures of the imaging tests.
struct Corpus {
    /// Paths below `Tests/Fixtures`, sorted.
    let names: [String]
    let inputs: [[UInt8]]

    private static let fixtures = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    init(_ target: FuzzTarget) throws {
        let folders = ["fuzz/\(target.rawValue)"] + (target == .pictures ? ["imaging/files"] : [])
        names = try folders.flatMap { folder in
            try FileManager.default.contentsOfDirectory(atPath: Self.fixtures.appending(path: folder).path)
                .sorted().map { "\(folder)/\($0)" }
        }
        inputs = try names.map { [UInt8](try Data(contentsOf: Self.fixtures.appending(path: $0))) }
    }
}
