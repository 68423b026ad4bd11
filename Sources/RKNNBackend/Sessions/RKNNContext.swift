import CRKNN
import FoveaCore
import Synchronization

/// A model in the runtime's memory, destroyed with the last reference.
///
/// Runs once at a time: whoever uses it must be the only one to.
final class RKNNContext: Sendable {
    let library: RKNNLibrary
    let handle: RKNNHandle
    /// Which of the model's shapes was set last.
    let rung = Mutex<Int?>(nil)
    /// What a copy was made of, which must outlive it: the manual does not say
    /// whether the copy holds the weights that both use.
    private let original: RKNNContext?

    private init(_ library: RKNNLibrary, _ handle: RKNNHandle, original: RKNNContext?) {
        self.library = library
        self.handle = handle
        self.original = original
    }

    deinit { _ = library.functions.destroy(handle) }

    /// Loads a model. Blocks.
    ///
    /// - Parameter model: the file's bytes; read until this returns.
    static func load(_ model: UnsafeMutableRawBufferPointer, in library: RKNNLibrary) throws(RKNNStatus)
        -> RKNNContext
    {
        var handle: RKNNHandle = 0
        let status = library.functions.load(
            &handle, model.baseAddress, UInt32(clamping: model.count), 0, nil)
        try library.check("rknn_init", status)
        return RKNNContext(library, handle, original: nil)
    }

    /// Another context for the same model, sharing its weights; `nil` where
    /// the runtime cannot do that.
    func duplicated() -> RKNNContext? {
        guard let duplicate = library.functions.duplicate else { return nil }
        var source = handle
        var copy: RKNNHandle = 0
        guard duplicate(&source, &copy) >= RKNN_OK, copy != 0, copy != handle else { return nil }
        return RKNNContext(library, copy, original: self)
    }

    /// Binds runs to some of the NPU's cores.
    ///
    /// Without the function, which came with the first chip of several cores,
    /// the runtime chooses, as it does by itself.
    func setCores(_ mask: CoreMask) throws {
        guard let setCores = library.functions.setCores else {
            guard mask != .automatic else { return }
            throw FoveaError(
                .invalidSetting,
                """
                Rockchip's runtime \(library.path) cannot bind models to cores (rknn_set_core_mask is missing): \
                choose automatic, or update the library.
                """)
        }
        try library.check("rknn_set_core_mask", setCores(handle, mask.bits))
    }
}
