import Foundation
import FoveaDemoKit

/// A standard stream to write to.
struct Terminal {
    static let output = Terminal(descriptor: STDOUT_FILENO)
    static let error = Terminal(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    private var isTerminal: Bool { isatty(descriptor) == 1 }

    var style: TextStyle {
        TextStyle(isTerminal: isTerminal, environment: ProcessInfo.processInfo.environment)
    }

    /// Width in characters, `nil` where it is no terminal.
    var columns: Int? {
        guard isTerminal else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    func write(_ text: String) {
        // A reader that went away, as in `| head`, is not an error worth a trace.
        try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            .write(contentsOf: Data(text.utf8))
    }
}
