import Foundation

/// This very program, to be started once more.
enum OwnProgram {
    /// Also where its file has been replaced since.
    static var path: String {
        #if os(Linux)
            "/proc/self/exe"
        #else
            Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
    }
}
