import FoveaCore
import FoveaDownload

/// Why a model could not be had from a source.
package enum SourceFailure: Error, Sendable {
    /// The source does not have it.
    case absent(String)
    /// The source has it, but not for us: the status, and what the source calls
    /// the reason.
    case denied(status: Int, code: String?)
    /// Nothing may be asked of a network.
    case offline
    /// No answer, or one of failure.
    case unreachable(String)
    /// What came is not what was announced.
    case wrong(String)
    /// What the source says is nothing that an honest source would.
    case hostile(String)

    /// Whether asking again is of no use before somebody has changed something
    /// here.
    var isForGood: Bool {
        switch self {
        case .absent, .offline: true
        case .denied, .unreachable, .wrong, .hostile: false
        }
    }

    /// Which of several is the most telling one: what another attempt, or a
    /// person, can do something about.
    var weight: Int {
        switch self {
        case .offline: 0
        case .absent: 1
        case .unreachable: 2
        case .denied: 3
        case .wrong: 4
        case .hostile: 5
        }
    }
}

extension SourceFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .absent(let what): "it does not have \(what)"
        case .denied(let status, let code):
            "it answered \(status)\(code.map { " (\($0))" } ?? "")"
        case .offline: "nothing may be asked of the network, because HF_HUB_OFFLINE is set"
        case .unreachable(let reason), .wrong(let reason): reason
        case .hostile(let what): "its list of files has \(what)"
        }
    }

    /// What to do about it.
    var nextStep: String {
        switch self {
        case .absent: "Check the name, or put the model's files there yourself."
        case .denied:
            """
            Set HF_TOKEN to a token of an account that may read it, and accept the model's terms on its page \
            if it has such.
            """
        case .offline: "Unset HF_HUB_OFFLINE, or name a folder that has the model in FOVEA_MODEL_SOURCES."
        case .unreachable:
            """
            What has come is kept: try again to go on. https_proxy names a proxy, and FOVEA_MODEL_SOURCES \
            another source.
            """
        case .wrong:
            "Try again, or another source by FOVEA_MODEL_SOURCES; should it stay so, do not use this one."
        case .hostile: "Nothing of it was used. Do not use this source, and tell those who run it."
        }
    }
}

extension DownloadFailure {
    /// What it says of a source that was asked for `what`.
    func sourceFailure(for what: String) -> SourceFailure {
        switch self {
        case .refused(404, _, _), .refused(410, _, _): .absent(what)
        case .refused(let status, _, let code) where [401, 403].contains(status):
            .denied(status: status, code: code)
        case .wrongSize, .wrongHash, .tooLarge, .encoded, .redirected: .wrong("\(what): \(self)")
        case .refused, .interrupted, .outOfStep, .changed: .unreachable("\(what): \(self)")
        }
    }
}
