import FoveaCore
import FoveaHub
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Gets a part of a model, in a process of its own that tests can kill.
///
/// `fovea-puller <endpoint> <cache folder> <task/name/type> [<user number> [<largest file>]]`
///
/// Prints how many files were fetched. With a user number it works as that user;
/// `-` is whoever starts it. The last one is a limit of the system's on files of
/// this process, in bytes: to write behind it fails as on a disk that is full,
/// for root too.
@main struct Main {
    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let id = ModelID(description: arguments[3]) else { exit(64) }
        if arguments.count > 4, let user = uid_t(arguments[4]) {
            guard setgid(user) == 0, setuid(user) == 0 else { exit(70) }
        }
        if arguments.count > 5, let most = rlim_t(arguments[5]) {
            // Else the signal would end the process before it can tell.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: most, rlim_max: most)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(70) }
        }
        do {
            let settings = try HubSettings(
                cache: URL(filePath: arguments[2], directoryHint: .isDirectory),
                variables: ["HF_ENDPOINT": arguments[1], "HF_TOKEN_PATH": "/nowhere"])
            let result = try await ModelLibrary(settings, variables: [:]).pull(id)
            print(result.fetched.count)
            exit(0)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }
}
