package import Foundation

/// What a folder takes on the disk.
package enum DiskUse {
    /// Bytes of all files in a folder, each once, whatever names it has. Links
    /// are not followed. Blocks.
    package static func bytes(_ folder: URL) -> Int {
        guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return 0 }
        var seen: Set<[UInt64]> = []
        var sum = 0
        while let path = walk.nextObject() as? String {
            guard
                let attributes = try? FileManager.default.attributesOfItem(
                    atPath: folder.appending(path: path).path),
                attributes[.type] as? FileAttributeType == .typeRegular
            else { continue }
            if (attributes[.referenceCount] as? NSNumber)?.intValue ?? 1 > 1 {
                let file = [attributes[.systemNumber], attributes[.systemFileNumber]].map {
                    ($0 as? NSNumber)?.uint64Value ?? 0
                }
                guard seen.insert(file).inserted else { continue }
            }
            sum += (attributes[.size] as? NSNumber)?.intValue ?? 0
        }
        return sum
    }
}
