extension StubSource {
    /// Session options, and the providers with calls of their own or by name.
    static let providers = #"""
        static OrtStatus *CreateSessionOptions(OrtSessionOptions **out) {
            MAY_FAIL();
            *out = (OrtSessionOptions *)make("options");
            return NULL;
        }
        static void ReleaseSessionOptions(OrtSessionOptions *o) { release(o, "options"); }

        static OrtStatus *AddSessionConfigEntry(OrtSessionOptions *o, const char *key, const char *value) {
            Object *options = use(o, "options", __func__);
            record("options%d\t%s\t%s=%s", options->id, __func__, key, value);
            if (!strcmp(key, "session.record_ep_graph_assignment_info")) options->records = !strcmp(value, "1");
            MAY_FAIL();
            return NULL;
        }

        #define NUMBER(call) \
            static OrtStatus *call(OrtSessionOptions *o, int number) { \
                record("options%d\t%s\t%d", use(o, "options", __func__)->id, __func__, number); \
                MAY_FAIL(); \
                return NULL; \
            }
        NUMBER(SetIntraOpNumThreads)
        NUMBER(SetInterOpNumThreads)
        NUMBER(SetSessionExecutionMode)

        static OrtStatus *DisableCpuMemArena(OrtSessionOptions *o) {
            record("options%d\t%s", use(o, "options", __func__)->id, __func__);
            return NULL;
        }

        static OrtStatus *DisableMemPattern(OrtSessionOptions *o) {
            record("options%d\t%s", use(o, "options", __func__)->id, __func__);
            return NULL;
        }

        static OrtStatus *SessionOptionsSetLoadCancellationFlag(OrtSessionOptions *o, bool cancelled) {
            record("options%d\t%s\t%d", use(o, "options", __func__)->id, __func__, cancelled);
            return NULL;
        }

        // Options of a provider's own: made, filled and appended by three calls.
        #define PROVIDER(type, kind, create, update, append, drop, provider_name) \
            static OrtStatus *create(type **out) { \
                MAY_FAIL(); \
                *out = (type *)make(kind); \
                return NULL; \
            } \
            static OrtStatus *update(type *p, const char *const *keys, const char *const *values, size_t count) { \
                record_pairs(kind, use(p, kind, __func__)->id, __func__, "", keys, values, count); \
                MAY_FAIL(); \
                return NULL; \
            } \
            static OrtStatus *append(OrtSessionOptions *o, const type *p) { \
                Object *options = use(o, "options", __func__); \
                record("options%d\t%s\t%s%d", options->id, __func__, kind, use(p, kind, __func__)->id); \
                MAY_FAIL(); \
                /* The first one that is appended goes first. */ \
                if (!*options->provider) strcpy(options->provider, provider_name); \
                return NULL; \
            } \
            static void drop(type *p) { release(p, kind); }

        PROVIDER(OrtCUDAProviderOptionsV2, "cuda", CreateCUDAProviderOptions, UpdateCUDAProviderOptions,
                 SessionOptionsAppendExecutionProvider_CUDA_V2, ReleaseCUDAProviderOptions,
                 "CUDAExecutionProvider")
        PROVIDER(OrtTensorRTProviderOptionsV2, "tensorrt", CreateTensorRTProviderOptions,
                 UpdateTensorRTProviderOptions, SessionOptionsAppendExecutionProvider_TensorRT_V2,
                 ReleaseTensorRTProviderOptions, "TensorrtExecutionProvider")
        PROVIDER(OrtROCMProviderOptions, "rocm", CreateROCMProviderOptions, UpdateROCMProviderOptions,
                 SessionOptionsAppendExecutionProvider_ROCM, ReleaseROCMProviderOptions,
                 "ROCMExecutionProvider")

        // Knows those that the real call knows, and refuses CUDA, TensorRT and ROCm as it does.
        static OrtStatus *SessionOptionsAppendExecutionProvider(OrtSessionOptions *o, const char *name,
            const char *const *keys, const char *const *values, size_t count) {
            Object *options = use(o, "options", __func__);
            record_pairs("options", options->id, __func__, name, keys, values, count);
            MAY_FAIL();
            const char *known[] = {"OpenVINO", "MIGraphX", "QNN", "XNNPACK", "VitisAI", "WebGPU", "CoreML"};
            for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
                if (strcmp(known[i], name)) continue;
                snprintf(options->provider, sizeof options->provider, "%sExecutionProvider", name);
                return NULL;
            }
            return status(2, "Unknown provider name");
        }

        """#

    /// Plug-ins, their devices, and what these say about themselves.
    static let plugIns = #"""
        typedef struct Device {
            char provider[128], vendor[128], key[64], value[64];
            int index;
            const char *keys[1], *values[1];
            int pairs;
        } Device;

        static const char *standard_devices =
            "CPUExecutionProvider;AuthenticAMD;\n"
            "OpenVINOExecutionProvider.AUTO;Intel;ov_device=GPU.1\n"
            "WebGpuExecutionProvider;NVIDIA;\n"
            "OpenVINOExecutionProvider;GenuineIntel;ov_device=CPU\n"
            "OpenVINOExecutionProvider;Intel;ov_device=GPU.0\n"
            "NvTensorRTRTXExecutionProvider;NVIDIA;\n"
            "OpenVINOExecutionProvider;Intel;ov_device=GPU.1\n"
            "OpenVINOExecutionProvider;Intel;ov_device=NPU\n"
            "NvTensorRTRTXExecutionProvider;NVIDIA;\n"
            "WebGpuExecutionProvider;Intel;\n";

        static char registered[16][1024];
        static int registered_count = 0;

        static OrtStatus *RegisterExecutionProviderLibrary(OrtEnv *e, const char *name, const char *path) {
            use(e, "environment", __func__);
            record("library\t%s\t%s\t%s", __func__, name, path);
            MAY_FAIL();
            for (int i = 0; i < registered_count; i++)
                if (!strcmp(registered[i], name)) return status(1, "library is already registered");
            if (registered_count < 16) snprintf(registered[registered_count++], 1024, "%s", name);
            return NULL;
        }

        static OrtStatus *GetEpDevices(const OrtEnv *e, const OrtEpDevice *const **out, size_t *count) {
            use(e, "environment", __func__);
            record("library\t%s", __func__);
            MAY_FAIL();
            // Without a plug-in there is the host's processor alone.
            char *lines = registered_count ? setting("devices", standard_devices)
                                           : strdup("CPUExecutionProvider;AuthenticAMD;\n");
            char *rest = lines;
            const Device **devices = calloc(64, sizeof *devices);
            *count = 0;
            for (char *line; (line = strsep(&rest, "\n")) && *count < 64;) {
                if (!*line) continue;
                Device *device = calloc(1, sizeof *device);
                device->index = (int)*count;
                sscanf(line, "%127[^;];%127[^;];%63[^=]=%63[^\n]", device->provider, device->vendor, device->key,
                       device->value);
                device->keys[0] = device->key;
                device->values[0] = device->value;
                device->pairs = *device->key ? 1 : 0;
                devices[(*count)++] = device;
            }
            free(lines);
            *out = (const OrtEpDevice *const *)devices;
            return NULL;
        }

        static const Device *of(const void *device) { return device; }
        static const char *EpDevice_EpName(const OrtEpDevice *d) { return of(d)->provider; }
        static const OrtKeyValuePairs *EpDevice_EpMetadata(const OrtEpDevice *d) { return (const void *)d; }
        static const OrtHardwareDevice *EpDevice_Device(const OrtEpDevice *d) { return (const void *)d; }
        static const char *HardwareDevice_Vendor(const OrtHardwareDevice *d) { return of(d)->vendor; }
        static const OrtKeyValuePairs *HardwareDevice_Metadata(const OrtHardwareDevice *d) {
            (void)d;
            return NULL;
        }
        static void GetKeyValuePairs(const OrtKeyValuePairs *p, const char *const **keys,
                                     const char *const **values, size_t *count) {
            const Device *device = (const void *)p;
            *keys = device->keys;
            *values = device->values;
            *count = (size_t)device->pairs;
        }

        // Writes down what the file holds at this moment.
        static void record_config(const Object *options, const char *when) {
            if (!*options->config) return;
            char text[4096] = "";
            FILE *file = fopen(options->config, "r");
            if (file) {
                text[fread(text, 1, sizeof text - 1, file)] = 0;
                fclose(file);
            }
            record("options%d\tload_config at %s\t%s", options->id, when, file ? text : "missing");
        }

        static OrtStatus *SessionOptionsAppendExecutionProvider_V2(OrtSessionOptions *o, OrtEnv *e,
            const OrtEpDevice *const *devices, size_t device_count, const char *const *keys,
            const char *const *values, size_t count) {
            Object *options = use(o, "options", __func__);
            use(e, "environment", __func__);
            if (device_count != 1) return status(2, "one device is wanted");
            char name[32];
            snprintf(name, sizeof name, "device%d", of(devices[0])->index);
            record_pairs("options", options->id, __func__, name, keys, values, count);
            for (size_t i = 0; i < count; i++)
                if (!strcmp(keys[i], "load_config"))
                    snprintf(options->config, sizeof options->config, "%s", values[i]);
            record_config(options, "append");
            MAY_FAIL();
            strcpy(options->provider, of(devices[0])->provider);
            return NULL;
        }

        """#
}
