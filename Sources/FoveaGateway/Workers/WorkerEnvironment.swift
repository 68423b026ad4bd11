/// Which of the gateway's environment variables a worker is given.
///
/// What models and engines read, and no more: a worker runs the libraries of
/// many makers, and secrets are none of their business.
package enum WorkerEnvironment {
    private static let names: Set<String> = [
        "DEVICE", "HOME", "IMMICH_LOG_LEVEL", "LANG", "LD_LIBRARY_PATH", "LD_PRELOAD", "NO_COLOR", "PATH",
        "SWIFT_BACKTRACE", "TERM", "TMPDIR", "TZ", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
    ]

    /// Makers' own settings, by how they begin.
    private static let prefixes = [
        "MACHINE_LEARNING_", "FOVEA_", "LC_", "ORT_", "OMP_", "MKL_", "MALLOC_", "GLIBC_TUNABLES",
        // NVIDIA
        "CUDA_", "CUDNN_", "CUBLAS_", "NVIDIA_", "TRT_",
        // AMD
        "AMD_", "GPU_", "HIP_", "HSA_", "MIGRAPHX_", "MIOPEN_", "ROCM_", "ROCR_",
        // Intel
        "IGC_", "NEO", "ONEAPI_", "OPENVINO_", "OV_", "SYCL_", "TBB_", "ZE_", "ZES_",
        // Vulkan, OpenCL, Arm, Rockchip
        "CL_", "LIBMALI", "LIBRKNNRT", "MALI_", "MESA_", "OCL_", "OPENCL_", "RKNN_", "VK_",
    ]

    /// Never passed on, whatever they begin with.
    private static let secrets = [
        "TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "API_KEY", "APIKEY",
        "ACCESS_KEY",
        "PRIVATE_KEY",
    ]

    /// What drivers need and few know, unless it is set.
    package static let defaults = [
        // CUDA counts the fastest card first otherwise, and not as everybody else.
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        // With more, AMD's driver keeps an idle GPU at full power
        // (ollama/ollama#738).
        "GPU_MAX_HW_QUEUES": "1",
    ]

    /// - Parameters:
    ///   - environment: the gateway's.
    ///   - settings: what is set for this worker, over everything else.
    package static func make(
        from environment: [String: String], settings: [String: String]
    ) -> [String: String] {
        environment.filter { name, _ in
            let name = name.uppercased()
            return (names.contains(name) || prefixes.contains { name.hasPrefix($0) })
                && !secrets.contains { name.contains($0) }
        }
        .merging(settings) { $1 }
    }
}
