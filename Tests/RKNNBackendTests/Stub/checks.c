#include "stub.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Never taken out, so that calls after the end are noticed.
static Context *contexts[MOST_CONTEXTS];
static int count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

// Above 32 bits, so that a handle that is cut off leads nowhere.
static const uint64_t firstHandle = 0x7000000000ull;

static void write_line(const char *path, const char *prefix, const char *format, va_list arguments) {
    char line[1024];
    int length = snprintf(line, sizeof(line), "%s", prefix);
    length += vsnprintf(line + length, sizeof(line) - length - 1, format, arguments);
    line[length++] = '\n';
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (file < 0 || write(file, line, length) != length) abort();
    close(file);
}

void note(const Model *model, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    write_line(model->log, "", format, arguments);
    va_end(arguments);
}

void violation(const Model *model, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    write_line(model->log, "VIOLATION ", format, arguments);
    va_end(arguments);
}

int injected(const Model *model, const char *call) {
    // Calls of all contexts of a log count together.
    static struct {
        char log[1024], call[32];
        int count;
    } seen[256];
    int status = OK;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < model->failures; i++) {
        const Failure *failure = &model->failure[i];
        if (strcmp(failure->call, call)) continue;
        int j = 0;
        while (seen[j].count && (strcmp(seen[j].log, model->log) || strcmp(seen[j].call, call))) j++;
        strcpy(seen[j].log, model->log);
        strcpy(seen[j].call, call);
        seen[j].count++;
        if (failure->which == 0 || failure->which == seen[j].count) status = failure->code;
    }
    pthread_mutex_unlock(&lock);
    if (status != OK) note(model, "fails %s %d", call, status);
    return status;
}

uint64_t add(const Model *model, Context *original) {
    Context *context = calloc(1, sizeof(*context));
    context->model = *model;
    context->rung = -1;
    context->original = original;
    if (original) __atomic_fetch_add(&original->duplicates, 1, __ATOMIC_SEQ_CST);
    pthread_mutex_lock(&lock);
    if (count == MOST_CONTEXTS) abort();
    uint64_t handle = firstHandle + count;
    contexts[count++] = context;
    pthread_mutex_unlock(&lock);
    return handle;
}

Context *enter(uint64_t handle, const char *call) {
    pthread_mutex_lock(&lock);
    Context *context = handle >= firstHandle && handle - firstHandle < (uint64_t)count
        ? contexts[handle - firstHandle] : NULL;
    pthread_mutex_unlock(&lock);
    if (!context) return NULL;
    if (__atomic_exchange_n(&context->busy, 1, __ATOMIC_SEQ_CST)) {
        violation(&context->model, "%s while another call is in the context", call);
        return NULL;
    }
    if (context->state == GONE) {
        violation(&context->model, "%s after the end", call);
        leave(context, OK);
        return NULL;
    }
    return context;
}

int leave(Context *context, int status) {
    __atomic_store_n(&context->busy, 0, __ATOMIC_SEQ_CST);
    return status;
}
