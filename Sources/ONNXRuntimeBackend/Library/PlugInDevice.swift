import CONNXRuntime
import FoveaCore
import Synchronization

/// A device that a plug-in of ONNX Runtime listed.
struct PlugInDevice {
    /// Belongs to the environment.
    let pointer: OpaquePointer
    /// Name of the provider that drives it.
    let provider: String
    /// What the plug-in and ONNX Runtime say of it.
    let metadata: [String: String]
    /// The maker's name, as the system has it.
    let vendor: String
}

extension Environment {
    /// Plug-ins that are registered, by runtime and path, with the environment they are
    /// registered in: it must not end before the process, because a second
    /// registration in a process is not safe with all plug-ins.
    private static let registered = Mutex<[String: Environment]>([:])

    /// The devices that a plug-in lists. Opens its library the first time.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable``.
    func plugInDevices(_ path: String) throws -> [PlugInDevice] {
        guard library.tableVersion >= 24 else {
            throw FoveaError(
                .engineUnavailable,
                """
                ONNX Runtime \(library.version) in \(library.path) takes no plug-ins such as \(path): version \
                1.24 or newer is needed.
                """)
        }
        try Self.registered.withLock { registered in
            let key = "\(library.path)\n\(path)"
            guard registered[key] == nil else { return }
            try library.check(
                "open \(path)", code: .engineUnavailable,
                library.api.pointee.RegisterExecutionProviderLibrary(pointer, path, path))
            registered[key] = self
        }
        var list: UnsafePointer<OpaquePointer?>?
        var count = 0
        try library.check(
            "list the devices of \(path)", code: .engineUnavailable,
            library.api.pointee.GetEpDevices(pointer, &list, &count))
        return UnsafeBufferPointer(start: list, count: count).compactMap { $0.map(describe) }
    }

    /// The one that a provider is to run on.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` naming those that are there.
    func plugInDevice(
        _ path: String, provider: String, _ choice: ProviderAttachment.DeviceChoice, for device: Device
    ) throws -> PlugInDevice {
        let devices = try plugInDevices(path).filter { $0.provider == provider }
        switch choice {
        case .index(let index) where devices.indices.contains(index): return devices[index]
        case .metadata(let key, let value):
            let exact = devices.first { $0.metadata[key] == value }
            // The only one of its kind has no number.
            let alone = devices.first { $0.metadata[key].map { "\($0).0" } == value }
            if let found = exact ?? alone { return found }
        case .index: break
        }
        throw FoveaError(
            .engineUnavailable,
            devices.isEmpty
                ? "\(provider) finds no device on this machine."
                : """
                \(provider) has no such device, only \
                \(devices.map { $0.metadata["ov_device"] ?? $0.vendor }.joined(separator: ", ")).
                """)
    }

    private func describe(_ pointer: OpaquePointer) -> PlugInDevice {
        let api = library.api.pointee
        let hardware = api.EpDevice_Device(pointer)
        var metadata = pairs(hardware.flatMap { api.HardwareDevice_Metadata($0) })
        metadata.merge(pairs(api.EpDevice_EpMetadata(pointer))) { $1 }
        return PlugInDevice(
            pointer: pointer, provider: api.EpDevice_EpName(pointer).map { String(cString: $0) } ?? "",
            metadata: metadata,
            vendor: hardware.flatMap { api.HardwareDevice_Vendor($0) }.map { String(cString: $0) } ?? "")
    }

    private func pairs(_ pointer: OpaquePointer?) -> [String: String] {
        guard let pointer else { return [:] }
        var keys: UnsafePointer<UnsafePointer<CChar>?>?
        var values: UnsafePointer<UnsafePointer<CChar>?>?
        var count = 0
        library.api.pointee.GetKeyValuePairs(pointer, &keys, &values, &count)
        var result: [String: String] = [:]
        for index in 0..<count {
            guard let key = keys?[index], let value = values?[index] else { continue }
            result[String(cString: key)] = String(cString: value)
        }
        return result
    }
}
