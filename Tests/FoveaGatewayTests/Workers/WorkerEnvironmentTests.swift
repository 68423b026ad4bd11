import FoveaGateway
import Testing

@Suite struct WorkerEnvironmentTests {
    private func names(_ names: String...) -> Set<String> {
        let all = Dictionary(uniqueKeysWithValues: names.map { ($0, "value of \($0)") })
        return Set(WorkerEnvironment.make(from: all, settings: [:]).keys)
    }

    @Test func whatModelsAndEnginesReadIsPassedOn() {
        let environment = [
            "PATH": "/bin", "HOME": "/home/a", "MACHINE_LEARNING_CACHE_FOLDER": "/cache", "DEVICE": "rocm",
            "FOVEA_MAX_IMAGE_PIXELS": "1", "IMMICH_LOG_LEVEL": "debug", "OMP_NUM_THREADS": "2",
            "CUDA_VISIBLE_DEVICES": "0", "HSA_OVERRIDE_GFX_VERSION": "10.3.0", "MIGRAPHX_TRACE": "1",
            "LC_ALL": "C", "LD_LIBRARY_PATH": "/opt/lib", "ORT_LOGGING": "1", "OPENVINO_LOG_LEVEL": "1",
        ]
        #expect(WorkerEnvironment.make(from: environment, settings: [:]) == environment)
    }

    @Test func whatIsNoneOfTheirsIsNot() {
        #expect(
            names(
                "DB_URL", "REDIS_HOSTNAME", "SSH_AUTH_SOCK", "AWS_PROFILE", "HTTP_PROXY", "USER",
                "IMMICH_HOST",
                "XPATH", "PATHX", "MY_CUDA_PATH"
            ).isEmpty)
    }

    @Test func secretsAreNotPassedOnWhateverTheyAreCalled() {
        #expect(
            names(
                "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "DB_PASSWORD",
                "MACHINE_LEARNING_HF_TOKEN", "FOVEA_SECRET", "NVIDIA_API_KEY", "nvidia_api_key",
                "CUDA_PASSWORD_FILE", "FOVEA_CREDENTIALS", "AMD_ACCESS_KEY_ID", "GPU_PRIVATE_KEY",
                "TBB_PASSWD", "VK_PASSPHRASE"
            ).isEmpty)
    }

    @Test func namesHaveNoCase() {
        #expect(
            names("machine_learning_workers", "Fovea_Queue_Bytes", "fovea_token") == [
                "machine_learning_workers", "Fovea_Queue_Bytes",
            ])
    }

    @Test func whatIsSetForTheWorkerCounts() {
        let made = WorkerEnvironment.make(
            from: ["MACHINE_LEARNING_CACHE_FOLDER": "/a", "TZ": "UTC"],
            settings: ["MACHINE_LEARNING_CACHE_FOLDER": "/b", "ANYTHING": "1"])
        #expect(made == ["MACHINE_LEARNING_CACHE_FOLDER": "/b", "TZ": "UTC", "ANYTHING": "1"])
    }
}
