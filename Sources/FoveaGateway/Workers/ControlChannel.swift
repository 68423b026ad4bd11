package import FoveaCore
import Foundation
import NIOCore
import NIOPosix
package import SystemPackage

/// The gateway's end of the channel to one worker.
///
/// The worker writes ``WorkerEvent``s to it, a line of JSON each. The gateway
/// writes nothing; that its end is closed tells the worker to end.
package struct ControlChannel: Sendable {
    private let channel: NIOAsyncChannel<ByteBuffer, Never>

    /// Longer lines are none of a worker's.
    private static let maximumLineBytes = 1 << 20

    /// Two ends of a new channel, neither of which other children inherit.
    package static func makePair() throws -> (ours: CInt, theirs: SystemPackage.FileDescriptor) {
        var ends: [CInt] = [-1, -1]
        #if os(Linux)
            let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        #else
            let type = SOCK_STREAM
        #endif
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Errno(rawValue: errno) }
        return (ends[0], SystemPackage.FileDescriptor(rawValue: ends[1]))
    }

    /// - Parameter descriptor: closed with the channel.
    package init(adopting descriptor: CInt) async throws {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: false)
            .withConnectedSocket(descriptor) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Hands over what the worker says, until it has ended.
    package func forEachEvent(_ handle: (WorkerEvent) async -> Void) async {
        _ = try? await channel.executeThenClose { inbound in
            var line: [UInt8] = []
            for try await bytes in inbound {
                for byte in bytes.readableBytesView {
                    if byte != UInt8(ascii: "\n") {
                        if line.count < Self.maximumLineBytes { line.append(byte) }
                        continue
                    }
                    // A library may print to any descriptor; what is no event is nothing.
                    if let event = try? JSONDecoder().decode(WorkerEvent.self, from: Data(line)) {
                        await handle(event)
                    }
                    line.removeAll(keepingCapacity: true)
                }
            }
        }
    }

    /// Tells the worker to end.
    package func closeOutput() { channel.channel.close(mode: .output, promise: nil) }
}
