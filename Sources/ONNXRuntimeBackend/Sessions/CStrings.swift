import Foundation

/// Texts as C wants them, at addresses that stay.
final class CStrings: @unchecked Sendable {
    // @unchecked is sound: the array and the memory it points to are written
    // by init alone, and freed by deinit, when no reader is left.
    let pointers: [UnsafePointer<CChar>?]

    init(_ texts: [String]) {
        pointers = texts.map { UnsafePointer(strdup($0)) }
    }

    deinit {
        for pointer in pointers { Foundation.free(UnsafeMutableRawPointer(mutating: pointer)) }
    }
}
