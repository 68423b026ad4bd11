package import FoveaCore
package import FoveaEngine
import Foundation
import Glibc
import Synchronization

/// The worker's end of the channel to its gateway: standard input, a socket.
///
/// Has a thread of its own, so that it goes on whatever Swift's threads and
/// the engine's do: it says once a second which native call is under way for
/// how long, and ends the process when the gateway has ended.
package final class ControlLine: Sendable {
    /// Why a worker is to end.
    package enum End: Sendable {
        /// The gateway lives, but wants no more of this worker.
        case stopped
        /// The gateway has ended, in good order or not.
        case gatewayGone
    }

    private let descriptor: CInt
    private let onEnd: @Sendable (End) -> Never
    private let writing = Mutex(())
    private let beat: CInt

    /// - Parameters:
    ///   - descriptor: a connected socket.
    ///   - beat: how often the worker gives a sign of life while it is at
    ///     work, in milliseconds.
    ///   - onEnd: called when the worker is to end.
    package init(
        descriptor: CInt = STDIN_FILENO, beat: CInt = 1000, onEnd: @escaping @Sendable (End) -> Never
    ) {
        self.descriptor = descriptor
        self.beat = beat
        self.onEnd = onEnd
    }

    /// Moves a descriptor to where programs that this process starts do not
    /// inherit it, and leaves one that is always at its end in its place.
    ///
    /// To the gateway, the end of the channel is the end of the worker: no
    /// compiler or tracer that a library has started may keep it open.
    package static func moveAside(_ descriptor: CInt) -> CInt {
        let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard moved >= 0 else { return descriptor }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if null >= 0 {
            dup2(null, descriptor)
            close(null)
        }
        return moved
    }

    /// Starts listening and giving signs of life.
    package func start(watching calls: NativeCalls) {
        Thread { [self] in
            ThreadName.setCurrent("fovea.control")
            listen(calls)
        }.start()
    }

    /// Tells the gateway something.
    package func send(_ event: WorkerEvent) {
        guard var line = try? JSONEncoder().encode(event) else { return }
        line.append(UInt8(ascii: "\n"))
        writing.withLock { _ in write(Array(line)) }
    }

    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Self.flags) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// No SIGPIPE: the other end's end is noticed where it is listened for.
    private static let flags = CInt(MSG_NOSIGNAL)

    private func listen(_ calls: NativeCalls) -> Never {
        var isQuiet = true
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let count = poll(&entry, 1, beat)
            if count > 0 {
                var byte: UInt8 = 0
                let read = Foundation.read(descriptor, &byte, 1)
                if read < 0, errno == EINTR || errno == EAGAIN { continue }
                // The gateway says nothing; what can be read is its end, or an
                // error. A gateway that lives has closed only one direction.
                if read <= 0 {
                    onEnd(entry.revents & Int16(POLLHUP) == 0 && read == 0 ? .stopped : .gatewayGone)
                }
                continue
            }
            // Calls that may take long have no age, but are signs of life.
            let isBusy = calls.count > 0
            let call = calls.oldest
            // One beat more tells that the last call has ended.
            if isBusy || !isQuiet {
                send(
                    .heartbeat(
                        oldestCall: call.map { .init(what: $0.name, seconds: $0.age / .seconds(1)) }))
            }
            isQuiet = !isBusy
        }
    }
}
