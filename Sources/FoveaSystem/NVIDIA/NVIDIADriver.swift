/// A version of NVIDIA's driver for Linux, such as 535.171.04.
public struct NVIDIADriver: Sendable, Hashable, Codable {
    /// The first number, which names the branch: 535.
    public var branch: Int
    /// The rest of it, as written: `171.04`.
    public var release: String

    /// - Parameter release: what follows the branch's number, if it matters.
    public init(branch: Int, release: String = "") {
        self.branch = branch
        self.release = release
    }

    /// The newest CUDA version whose programs it runs, as two numbers: (12, 2)
    /// for 535. `nil` for drivers older than 450; newer ones than the table
    /// knows run what its last line does.
    ///
    /// The branches are those of "CUDA Toolkit and Corresponding Driver
    /// Versions" in NVIDIA's CUDA Toolkit Release Notes
    /// (https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/); 565 came with
    /// no toolkit and reports 12.7 in `nvidia-smi`.
    public var newestCUDA: (major: Int, minor: Int)? {
        let row = Self.newestCUDA.last { $0.branch <= branch }
        return row.map { ($0.major, $0.minor) }
    }

    private static let newestCUDA: [(branch: Int, major: Int, minor: Int)] = [
        (450, 11, 0), (455, 11, 1), (460, 11, 2), (465, 11, 3), (470, 11, 4), (495, 11, 5), (510, 11, 6),
        (515, 11, 7), (520, 11, 8), (525, 12, 0), (530, 12, 1), (535, 12, 2), (545, 12, 3), (550, 12, 4),
        (555, 12, 5), (560, 12, 6), (565, 12, 7), (570, 12, 8), (575, 12, 9), (580, 13, 0), (590, 13, 1),
    ]
}

extension NVIDIADriver: LosslessStringConvertible {
    public var description: String { release.isEmpty ? "\(branch)" : "\(branch).\(release)" }

    /// `nil` where the text does not start with a number.
    public init?(_ description: String) {
        let parts = description.split(separator: ".", maxSplits: 1)
        guard let branch = parts.first.flatMap({ Int($0) }) else { return nil }
        self.init(branch: branch, release: parts.count > 1 ? String(parts[1]) : "")
    }
}
