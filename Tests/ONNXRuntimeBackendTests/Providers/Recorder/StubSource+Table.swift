extension StubSource {
    /// The table, as long as the version that is played has it: 1.20's ends
    /// before the plug-ins' calls, 1.22's before the operators'.
    static let table = #"""
        static OrtStatus *beyond(void) {
            record("misuse\ta call that this version's table has not");
            return NULL;
        }

        static void cut(OrtApi *table, size_t first) {
            OrtStatus *(**slots)(void) = (void *)table;
            for (size_t i = first; i < sizeof *table / sizeof *slots; i++) slots[i] = beyond;
        }

        #define SET(name) table->name = name

        static const OrtApi *GetApi(uint32_t version) {
            record("library\tGetApi\t%u", version);
            if (version > 31 || version > minor_version()) return NULL;
            OrtApi *table = calloc(1, sizeof *table);
            cut(table, 0);
            SET(GetErrorCode); SET(GetErrorMessage); SET(ReleaseStatus);
            SET(CreateEnvWithCustomLogger); SET(ReleaseEnv);
            SET(GetAvailableProviders); SET(ReleaseAvailableProviders);
            SET(CreateSessionOptions); SET(ReleaseSessionOptions); SET(AddSessionConfigEntry);
            SET(SetIntraOpNumThreads); SET(SetInterOpNumThreads); SET(SetSessionExecutionMode);
            SET(DisableCpuMemArena); SET(DisableMemPattern);
            SET(SessionOptionsSetLoadCancellationFlag); SET(CreateAndRegisterAllocator);
            SET(CreateCUDAProviderOptions); SET(UpdateCUDAProviderOptions);
            SET(SessionOptionsAppendExecutionProvider_CUDA_V2); SET(ReleaseCUDAProviderOptions);
            SET(CreateTensorRTProviderOptions); SET(UpdateTensorRTProviderOptions);
            SET(SessionOptionsAppendExecutionProvider_TensorRT_V2); SET(ReleaseTensorRTProviderOptions);
            SET(CreateROCMProviderOptions); SET(UpdateROCMProviderOptions);
            SET(SessionOptionsAppendExecutionProvider_ROCM); SET(ReleaseROCMProviderOptions);
            SET(SessionOptionsAppendExecutionProvider);
            SET(RegisterExecutionProviderLibrary); SET(GetEpDevices);
            SET(SessionOptionsAppendExecutionProvider_V2); SET(GetKeyValuePairs);
            SET(EpDevice_EpName); SET(EpDevice_EpMetadata); SET(EpDevice_Device);
            SET(HardwareDevice_Vendor); SET(HardwareDevice_Metadata);
            SET(CreateSession); SET(CreateSessionFromArray); SET(ReleaseSession);
            table->SessionGetInputCount = one;
            table->SessionGetOutputCount = one;
            table->SessionGetInputName = input_name;
            table->SessionGetOutputName = output_name;
            table->SessionGetInputTypeInfo = type_info;
            table->SessionGetOutputTypeInfo = type_info;
            SET(ReleaseTypeInfo); SET(SessionGetModelMetadata); SET(ReleaseModelMetadata);
            SET(ModelMetadataGetCustomMetadataMapKeys);
            SET(Session_GetEpGraphAssignmentInfo); SET(EpAssignedSubgraph_GetEpName);
            SET(EpAssignedSubgraph_GetNodes);
            SET(GetAllocatorWithDefaultOptions); SET(AllocatorFree);
            SET(CreateCpuMemoryInfo); SET(ReleaseMemoryInfo);
            SET(CastTypeInfoToTensorInfo); SET(GetTensorElementType); SET(GetDimensionsCount); SET(GetDimensions);
            SET(CreateTensorWithDataAsOrtValue); SET(GetTensorMutableData); SET(ReleaseValue);
            SET(GetTensorTypeAndShape); SET(ReleaseTensorTypeAndShapeInfo);
            SET(CreateRunOptions); SET(RunOptionsSetTerminate); SET(ReleaseRunOptions); SET(Run);
            if (version < 22) cut(table, 259);
            else if (version < 24) cut(table, 317);
            return table;
        }

        static const char *GetVersionString(void) {
            // Kept: the caller may hold on to it.
            char *text = setting("version", "1.31.1");
            text[strcspn(text, "\n")] = 0;
            return text;
        }

        const OrtApiBase *OrtGetApiBase(void) {
            static const OrtApiBase base = {GetApi, GetVersionString};
            return &base;
        }
        """#
}
