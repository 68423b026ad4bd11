import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The path with all links resolved; `nil` where there is nothing.
func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}
