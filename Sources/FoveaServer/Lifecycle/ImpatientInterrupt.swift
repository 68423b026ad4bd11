import Foundation
import ServiceLifecycle

/// Has the second Ctrl-C end the process at once. The first one ends it in
/// good order, which takes as long as the requests under way.
///
/// Must be the last of a group's services, which is the first to be told of
/// its end.
struct ImpatientInterrupt: Service, CustomStringConvertible {
    var description: String { "ImpatientInterrupt" }

    func run() async throws {
        try await gracefulShutdown()
        // The system's own way with it, which cannot get stuck.
        signal(SIGINT, SIG_DFL)
    }
}
