extension StubSource {
    /// The environment, and sessions with one graph: y = relu(x · W), W = [[1, 2], [-0.5, 2]].
    static let sessions = #"""
        static OrtStatus *CreateEnvWithCustomLogger(OrtLoggingFunction log, void *context, int severity,
                                                    const char *id, OrtEnv **out) {
            MAY_FAIL();
            (void)log, (void)context, (void)severity, (void)id;
            *out = (OrtEnv *)make("environment");
            return NULL;
        }
        static void ReleaseEnv(OrtEnv *e) { release(e, "environment"); }

        static OrtStatus *GetAvailableProviders(char ***names, int *count) {
            static char *providers[] = {"CPUExecutionProvider"};
            *names = providers;
            *count = 1;
            return NULL;
        }
        static OrtStatus *ReleaseAvailableProviders(char **names, int count) {
            (void)names, (void)count;
            return NULL;
        }

        static OrtStatus *session(const Object *options, OrtSession **out) {
            Object *made = make("session");
            strcpy(made->provider, *options->provider ? options->provider : "CPUExecutionProvider");
            made->records = options->records;
            *out = (OrtSession *)made;
            return NULL;
        }
        static OrtStatus *CreateSession(const OrtEnv *e, const char *path, const OrtSessionOptions *o,
                                        OrtSession **out) {
            use(e, "environment", __func__);
            Object *options = use(o, "options", __func__);
            record("options%d\t%s\t%s", options->id, __func__, path);
            record_config(options, __func__);
            MAY_FAIL();
            return session(options, out);
        }
        static OrtStatus *CreateSessionFromArray(const OrtEnv *e, const void *bytes, size_t count,
                                                 const OrtSessionOptions *o, OrtSession **out) {
            use(e, "environment", __func__);
            Object *options = use(o, "options", __func__);
            record("options%d\t%s\t%zu", options->id, __func__, bytes ? count : 0);
            MAY_FAIL();
            return session(options, out);
        }
        static void ReleaseSession(OrtSession *s) { release(s, "session"); }

        static OrtStatus *one(const OrtSession *s, size_t *out) {
            use(s, "session", __func__);
            *out = 1;
            return NULL;
        }
        static OrtStatus *input_name(const OrtSession *s, size_t index, OrtAllocator *a, char **out) {
            (void)index, (void)a;
            use(s, "session", __func__);
            *out = strdup("x");
            return NULL;
        }
        static OrtStatus *output_name(const OrtSession *s, size_t index, OrtAllocator *a, char **out) {
            (void)index, (void)a;
            use(s, "session", __func__);
            *out = strdup("y");
            return NULL;
        }
        static OrtStatus *type_info(const OrtSession *s, size_t index, OrtTypeInfo **out) {
            (void)index;
            use(s, "session", __func__);
            *out = (OrtTypeInfo *)make("type");
            return NULL;
        }
        static void ReleaseTypeInfo(OrtTypeInfo *t) { release(t, "type"); }

        static OrtStatus *SessionGetModelMetadata(const OrtSession *s, OrtModelMetadata **out) {
            use(s, "session", __func__);
            *out = (OrtModelMetadata *)make("metadata");
            return NULL;
        }
        static void ReleaseModelMetadata(OrtModelMetadata *m) { release(m, "metadata"); }
        static OrtStatus *ModelMetadataGetCustomMetadataMapKeys(const OrtModelMetadata *m, OrtAllocator *a,
                                                                char ***keys, int64_t *count) {
            (void)a;
            use(m, "metadata", __func__);
            *keys = NULL;
            *count = 0;
            return NULL;
        }

        typedef struct Share {
            char provider[128];
            int count;
            const OrtEpAssignedNode *nodes[64];
        } Share;

        static OrtStatus *Session_GetEpGraphAssignmentInfo(const OrtSession *s,
            const OrtEpAssignedSubgraph *const **out, size_t *count) {
            Object *asked = use(s, "session", __func__);
            record("session%d\t%s", asked->id, __func__);
            if (!asked->records) return status(1, "the session recorded no assignment");
            char all[160];
            snprintf(all, sizeof all, "%s 2", asked->provider);
            char *lines = setting("assignment", all), *rest = lines;
            Share **shares = calloc(16, sizeof *shares);
            *count = 0;
            for (char *line; (line = strsep(&rest, "\n")) && *count < 16;) {
                Share *share = calloc(1, sizeof *share);
                if (sscanf(line, "%127s %d", share->provider, &share->count) == 2) shares[(*count)++] = share;
            }
            free(lines);
            *out = (const OrtEpAssignedSubgraph *const *)shares;
            return NULL;
        }
        static OrtStatus *EpAssignedSubgraph_GetEpName(const OrtEpAssignedSubgraph *g, const char **out) {
            *out = ((const Share *)(const void *)g)->provider;
            return NULL;
        }
        static OrtStatus *EpAssignedSubgraph_GetNodes(const OrtEpAssignedSubgraph *g,
                                                      const OrtEpAssignedNode *const **nodes, size_t *count) {
            const Share *share = (const void *)g;
            *nodes = share->nodes;
            *count = (size_t)share->count;
            return NULL;
        }

        """#

    /// Tensors and runs.
    static let tensors = #"""
        static OrtStatus *GetAllocatorWithDefaultOptions(OrtAllocator **out) {
            static char allocator;
            *out = (OrtAllocator *)(void *)&allocator;
            return NULL;
        }
        static OrtStatus *AllocatorFree(OrtAllocator *a, void *memory) {
            (void)a;
            free(memory);
            return NULL;
        }
        static OrtStatus *CreateCpuMemoryInfo(int allocator, int memory, OrtMemoryInfo **out) {
            (void)allocator, (void)memory;
            *out = (OrtMemoryInfo *)make("memory");
            return NULL;
        }
        static OrtStatus *CreateAndRegisterAllocator(
            OrtEnv *env, const OrtMemoryInfo *memory, const OrtArenaCfg *configuration) {
            use(env, "environment", __func__);
            use((void *)memory, "memory", __func__);
            record("library\t%s\t%s", __func__, configuration ? "configured" : "as usual");
            return NULL;
        }
        static void ReleaseMemoryInfo(OrtMemoryInfo *m) { release(m, "memory"); }

        static OrtStatus *CastTypeInfoToTensorInfo(const OrtTypeInfo *t, const OrtTensorTypeAndShapeInfo **out) {
            *out = (const OrtTensorTypeAndShapeInfo *)(const void *)use(t, "type", __func__);
            return NULL;
        }
        static OrtStatus *GetTensorElementType(const OrtTensorTypeAndShapeInfo *t, int *out) {
            (void)t;
            *out = ORT_ELEMENT_FLOAT32;
            return NULL;
        }
        static OrtStatus *GetDimensionsCount(const OrtTensorTypeAndShapeInfo *t, size_t *out) {
            (void)t;
            *out = 2;
            return NULL;
        }
        static OrtStatus *GetDimensions(const OrtTensorTypeAndShapeInfo *t, int64_t *lengths, size_t rank) {
            (void)t;
            for (size_t i = 0; i < rank; i++) lengths[i] = i == 0 ? 1 : 2;
            return NULL;
        }

        static OrtStatus *CreateTensorWithDataAsOrtValue(const OrtMemoryInfo *m, void *data, size_t count,
            const int64_t *shape, size_t rank, int type, OrtValue **out) {
            use(m, "memory", __func__);
            if (count != 8 || rank != 2 || shape[0] != 1 || shape[1] != 2 || type != ORT_ELEMENT_FLOAT32)
                return status(2, "[1, 2] float numbers are wanted");
            Object *value = make("value");
            value->data = data;
            *out = (OrtValue *)value;
            return NULL;
        }
        static OrtStatus *GetTensorMutableData(OrtValue *v, void **out) {
            *out = use(v, "value", __func__)->data;
            return NULL;
        }
        static OrtStatus *GetTensorTypeAndShape(const OrtValue *v, OrtTensorTypeAndShapeInfo **out) {
            use(v, "value", __func__);
            *out = (OrtTensorTypeAndShapeInfo *)make("shape");
            return NULL;
        }
        static void ReleaseTensorTypeAndShapeInfo(OrtTensorTypeAndShapeInfo *s) { release(s, "shape"); }
        static void ReleaseValue(OrtValue *v) { release(v, "value"); }

        static OrtStatus *CreateRunOptions(OrtRunOptions **out) {
            *out = (OrtRunOptions *)make("run");
            return NULL;
        }
        static OrtStatus *RunOptionsSetTerminate(OrtRunOptions *r) {
            use(r, "run", __func__);
            return NULL;
        }
        static void ReleaseRunOptions(OrtRunOptions *r) { release(r, "run"); }

        static OrtStatus *Run(OrtSession *s, const OrtRunOptions *r, const char *const *input_names,
            const OrtValue *const *inputs, size_t input_count, const char *const *output_names,
            size_t output_count, OrtValue **outputs) {
            record("session%d\t%s", use(s, "session", __func__)->id, __func__);
            use(r, "run", __func__);
            MAY_FAIL();
            if (input_count != 1 || output_count != 1 || strcmp(input_names[0], "x") ||
                strcmp(output_names[0], "y"))
                return status(2, "the graph takes x and gives y");
            const float *x = use(inputs[0], "value", __func__)->data;
            Object *value = make("value");
            for (int i = 0; i < 2; i++) {
                float sum = i == 0 ? x[0] - 0.5f * x[1] : 2 * x[0] + 2 * x[1];
                value->numbers[i] = sum > 0 ? sum : 0;
            }
            value->data = value->numbers;
            outputs[0] = (OrtValue *)value;
            return NULL;
        }

        """#
}
