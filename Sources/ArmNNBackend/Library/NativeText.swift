import Foundation

/// A text as C wants it, at an address that stays; none for `nil`.
final class NativeText {
    let pointer: UnsafePointer<CChar>?

    init(_ text: String?) { pointer = text.flatMap { UnsafePointer(strdup($0)) } }

    deinit { free(UnsafeMutablePointer(mutating: pointer)) }
}
