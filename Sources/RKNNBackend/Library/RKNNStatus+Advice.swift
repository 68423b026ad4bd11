import CRKNN
import FoveaCore

extension RKNNStatus {
    /// What to call the failure where a model was being loaded.
    var loadingCode: FoveaError.Code {
        switch code {
        // The general failure is what the runtime returns where it may not
        // open the NPU ("failed to open rknn device!"); broken files have a
        // code of their own.
        case RKNN_FAILED where call == "rknn_init", RKNN_NO_DEVICE, RKNN_VERSIONS_DIFFER: .engineUnavailable
        case RKNN_NO_MEMORY: .outOfMemory
        default: .modelInvalid
        }
    }

    /// What to do about it.
    var loadingAdvice: String {
        switch code {
        case RKNN_FAILED, RKNN_NO_DEVICE:
            """
            Check that the kernel has the rknpu driver and that this user may open /dev/dri (groups video and \
            render); a container needs the device /dev/dri and security_opt systempaths=unconfined and \
            apparmor=unconfined.
            """
        case RKNN_NO_MEMORY:
            "The NPU's memory is full: use fewer RKNN threads, or a smaller model."
        case RKNN_VERSIONS_DIFFER:
            "The library and the kernel's rknpu driver do not go together: update both."
        case RKNN_OTHER_PLATFORM:
            "The file was converted for another chip: fetch the one for this chip."
        case RKNN_BAD_MODEL, RKNN_BAD_OPTIMIZATION_LEVEL, RKNN_BAD_PRECOMPILED_MODEL:
            """
            Check that the file is complete, and fetch it again if it is not; a file that a newer toolkit \
            converted needs a newer librknnrt.so.
            """
        default:
            "The runtime's own messages on standard error say more."
        }
    }
}

extension RKNNStatus {
    /// What to do about it where a model was running.
    var runningAdvice: String {
        switch code {
        case RKNN_TIMED_OUT:
            "The NPU hangs or is overloaded: restart, and look for rknpu in the kernel's log."
        case RKNN_NO_MEMORY: "The NPU's memory is full: use fewer RKNN threads, or a smaller model."
        default: "The runtime's own messages on standard error and the kernel's log (rknpu) say more."
        }
    }
}
