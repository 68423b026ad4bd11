/// A stand-in for ONNX Runtime's library, in C, compiled by the tests: its
/// function table is the one that `CONNXRuntime` declares, and it writes down
/// what it is asked for in a file `calls.log` beside itself.
///
/// Other files beside it say what it plays, and are read at each call:
///
/// | file | holds |
/// |---|---|
/// | `version` | what it calls itself, which also bounds its table: `1.20.1` |
/// | `fail` | calls that fail, a line each: `UpdateCUDAProviderOptions:no such library` |
/// | `devices` | what plug-ins list, a line each: `provider;vendor;key=value` |
/// | `assignment` | who takes how many operators, a line each: `CPUExecutionProvider 2` |
///
/// A line of the log is an object or `library`, the call, and its arguments,
/// with tabs between them. Objects are never freed, so that a use after the
/// release is seen, and written down as `misuse`.
enum StubSource {
    static let text = basics + objects + providers + plugIns + sessions + tensors + table

    /// The files around the library, and its log.
    private static let basics = #"""
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <pthread.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include "OrtApi.h"
        #include "OrtConstants.h"

        static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

        static FILE *beside(const char *name, const char *mode) {
            Dl_info self;
            char path[4096];
            if (!dladdr((void *)&lock, &self)) return NULL;
            const char *end = strrchr(self.dli_fname, '/');
            snprintf(path, sizeof path, "%.*s/%s", end ? (int)(end - self.dli_fname) : 1,
                     end ? self.dli_fname : ".", name);
            return fopen(path, mode);
        }

        // What a file says, or what holds where there is none; to be freed.
        static char *setting(const char *name, const char *standard) {
            FILE *file = beside(name, "r");
            if (!file) return strdup(standard);
            char *text = calloc(1, 65536);
            size_t count = fread(text, 1, 65535, file);
            text[count] = 0;
            fclose(file);
            return text;
        }

        static void record(const char *format, ...) {
            va_list arguments;
            va_start(arguments, format);
            pthread_mutex_lock(&lock);
            // Not made here: a late release must not bring back a folder that is being removed.
            FILE *file = beside("calls.log", "r+");
            if (file) {
                fseek(file, 0, SEEK_END);
                vfprintf(file, format, arguments);
                fputc('\n', file);
                fclose(file);
            }
            pthread_mutex_unlock(&lock);
            va_end(arguments);
        }

        static void record_pairs(const char *kind, int id, const char *call, const char *first,
                                 const char *const *keys, const char *const *values, size_t count) {
            char line[8192];
            int end = snprintf(line, sizeof line, "%s%d\t%s%s%s", kind, id, call, *first ? "\t" : "", first);
            for (size_t i = 0; i < count; i++)
                end += snprintf(line + end, sizeof line - (size_t)end, "\t%s=%s", keys[i], values[i]);
            record("%s", line);
        }

        // The number behind the first dot: 31 of 1.31.1.
        static unsigned minor_version(void) {
            char *text = setting("version", "1.31.1");
            const char *dot = strchr(text, '.');
            unsigned minor = dot ? (unsigned)atoi(dot + 1) : 0;
            free(text);
            return minor;
        }

        """#

    /// Handles that know whether they are alive, and statuses.
    private static let objects = #"""
        typedef struct Object {
            const char *kind;
            int id;
            bool alive;
            int code;             // of a status
            char text[512];       // of a status
            char provider[128];   // of options and sessions: who was appended
            char config[1024];    // of options: the path given as load_config
            bool records;         // of options and sessions
            float numbers[2];     // of values made by Run
            void *data;           // of values
        } Object;

        static Object *make(const char *kind) {
            static int count = 0;
            Object *object = calloc(1, sizeof *object);
            pthread_mutex_lock(&lock);
            object->id = ++count;
            pthread_mutex_unlock(&lock);
            object->kind = kind;
            object->alive = true;
            record("%s%d\tcreated", kind, object->id);
            return object;
        }

        static Object *use(const void *pointer, const char *kind, const char *call) {
            Object *object = (Object *)pointer;
            if (!object) record("misuse\t%s\twithout %s", call, kind);
            else if (!object->alive) record("misuse\t%s\t%s%d after its release", call, object->kind, object->id);
            else if (strcmp(object->kind, kind)) record("misuse\t%s\t%s for %s", call, object->kind, kind);
            return object;
        }

        static void release(void *pointer, const char *kind) {
            if (!pointer) return;
            Object *object = use(pointer, kind, "Release");
            object->alive = false;
            record("%s%d\treleased", object->kind, object->id);
        }

        static OrtStatus *status(int code, const char *text) {
            Object *object = make("status");
            object->code = code;
            snprintf(object->text, sizeof object->text, "%s", text);
            return (OrtStatus *)object;
        }

        // The status that a call was told to fail with.
        static OrtStatus *told(const char *call) {
            char *lines = setting("fail", ""), *rest = lines;
            OrtStatus *failure = NULL;
            for (char *line; !failure && (line = strsep(&rest, "\n"));) {
                char *colon = strchr(line, ':');
                if (!colon) continue;
                *colon = 0;
                if (!strcmp(line, call)) failure = status(1, colon + 1);
            }
            free(lines);
            return failure;
        }

        #define MAY_FAIL() do { OrtStatus *failure = told(__func__); if (failure) return failure; } while (0)

        static int GetErrorCode(const OrtStatus *s) { return use(s, "status", __func__)->code; }
        static const char *GetErrorMessage(const OrtStatus *s) { return use(s, "status", __func__)->text; }
        static void ReleaseStatus(OrtStatus *s) { release(s, "status"); }

        """#
}
