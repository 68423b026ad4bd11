#include "stub.h"

#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define U32(structure, offset) (*(uint32_t *)((char *)(structure) + (offset)))
#define BYTE(structure, offset) (*(uint8_t *)((char *)(structure) + (offset)))
#define POINTER(structure, offset) (*(void **)((char *)(structure) + (offset)))

static const uint32_t *current(Context *context, int input) {
    Model *model = &context->model;
    return model->rungs ? model->rung[input][context->rung] : model->input[input].dims;
}

#ifndef NO_SHAPES
int rknn_set_input_shapes(uint64_t handle, uint32_t count, char *attributes) {
    Context *context = enter(handle, "rknn_set_input_shapes");
    if (!context) return CONTEXT;
    Model *model = &context->model;
    int status = injected(model, "shapes");
    if (status != OK) return leave(context, status);
    if (count != (uint32_t)model->inputs) return leave(context, PARAMETER);
    for (int rung = 0; rung < model->rungs; rung++) {
        int fits = 1;
        for (int i = 0; i < model->inputs; i++) {
            char *attribute = attributes + 376 * i;
            uint32_t rank = U32(attribute, 4);
            fits = fits && U32(attribute, 0) == (uint32_t)i && rank == model->input[i].rank
                && U32(attribute, 336) == (rank == 4 ? NHWC : UNDEFINED)
                && !memcmp(attribute + 8, model->rung[i][rung], rank * 4);
        }
        if (!fits) continue;
        context->rung = rung;
        note(model, "shapes %llx %d", (unsigned long long)handle, rung);
        return leave(context, OK);
    }
    violation(model, "rknn_set_input_shapes to none of the shapes");
    return leave(context, PARAMETER);
}
#endif

static double element(int type, const void *elements, uint32_t index) {
    switch (type) {
    case FLOAT32: return ((const float *)elements)[index];
    case INT32: return ((const int32_t *)elements)[index];
    case INT64: return (double)((const int64_t *)elements)[index];
    case INT8: return ((const int8_t *)elements)[index];
    default: return ((const uint8_t *)elements)[index];
    }
}

static int set_input(Context *context, int index, char *input) {
    Model *model = &context->model;
    Port *port = &model->input[index];
    int type = (int)U32(input, 24), layout = (int)U32(input, 28);
    void *source = POINTER(input, 8);
    int isExact = !port->quantized && port->type != FLOAT16 && port->type != FLOAT32 && port->type != BFLOAT16;
    if (U32(input, 0) != (uint32_t)index || !source) return PARAMETER;
    if (BYTE(input, 20) != 0) {
        violation(model, "an input that is passed through");
        return INPUT;
    }
    if (isExact ? type != port->type : type != FLOAT32 && !(type == UINT8 && model->custom[0])) {
        violation(model, "input %d of type %d", index, type);
        return INPUT;
    }
    if (layout != port->layout) {
        violation(model, "Meet unsupported src layout for normalize: %d", layout);
        return INPUT;
    }
    const uint32_t *dims = current(context, index);
    uint32_t count = elements(port->rank, dims);
    if (U32(input, 16) != count * typeBytes(type) || (uintptr_t)source % typeBytes(type)) {
        violation(model, "input %d of %u bytes at %p", index, U32(input, 16), source);
        return INPUT;
    }
    free(context->values[index]);
    context->values[index] = malloc(count * sizeof(double));
    for (uint32_t i = 0; i < count; i++) {
        context->values[index][i] = element(type, source, place(layout, port->rank, dims, i));
    }
    return OK;
}

int rknn_inputs_set(uint64_t handle, uint32_t count, char *inputs) {
    Context *context = enter(handle, "rknn_inputs_set");
    if (!context) return CONTEXT;
    Model *model = &context->model;
    int status = injected(model, "inputs");
    if (context->state != IDLE) violation(model, "rknn_inputs_set while a run is under way");
    if (model->rungs && context->rung < 0) {
        violation(model, "rknn_inputs_set before a shape was set");
        status = PARAMETER;
    }
    if (count != (uint32_t)model->inputs) status = PARAMETER;
    for (uint32_t i = 0; i < count && status == OK; i++) status = set_input(context, i, inputs + 32 * i);
    if (status == OK) context->state = FILLED;
    note(model, "inputs %llx", (unsigned long long)handle);
    return leave(context, status);
}

// Waits until so many runs are under way at the same time.
__attribute__((unused)) static int pass_gate(int width) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t all = PTHREAD_COND_INITIALIZER;
    static int inside, opened;
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 60;
    int status = OK;
    pthread_mutex_lock(&lock);
    int mine = opened;
    if (++inside == width) {
        inside = 0;
        opened++;
        pthread_cond_broadcast(&all);
    }
    while (opened == mine && status == OK) {
        if (pthread_cond_timedwait(&all, &lock, &deadline)) status = TIMEOUT;
    }
    pthread_mutex_unlock(&lock);
    return status;
}

#ifndef NO_RUN
int rknn_run(uint64_t handle, void *options) {
    Context *context = enter(handle, "rknn_run");
    if (!context) return CONTEXT;
    Model *model = &context->model;
    if (options) violation(model, "rknn_run with options");
    if (context->state != FILLED) violation(model, "rknn_run without inputs");
    note(model, "run %llx", (unsigned long long)handle);
    int status = injected(model, "run");
    if (status == OK && model->gate) status = pass_gate(model->gate);
    if (status == OK && model->fifo[0]) {
        char byte;
        int file = open(model->fifo, O_RDONLY);
        while (read(file, &byte, 1) > 0) {}
        close(file);
    }
    context->state = status == OK ? RAN : IDLE;
    return leave(context, status);
}
#endif

static void *lend(Context *context, int index, int wantsFloat, uint32_t *size) {
    Model *model = &context->model;
    Port *port = &model->output[index];
    int input = index < model->inputs ? index : model->inputs - 1;
    uint32_t dims[16];
    outputDims(model, index, current(context, input), dims);
    uint32_t count = elements(port->rank, dims);
    int type = wantsFloat ? FLOAT32 : port->type;
    *size = count * typeBytes(type);
    char *memory = malloc(*size);
    for (uint32_t i = 0; i < count; i++) {
        double value = 2 * context->values[input][i] + i + 1000 * index;
        if (port->quantized) {
            double steps = fmin(127, fmax(-128, round(value / port->scale) + port->zeroPoint));
            value = wantsFloat ? (steps - port->zeroPoint) * port->scale : steps;
        }
        uint32_t at = place(port->layout, port->rank, dims, i);
        switch (type) {
        case FLOAT32: ((float *)memory)[at] = (float)value; break;
        case INT32: ((int32_t *)memory)[at] = (int32_t)value; break;
        case INT64: ((int64_t *)memory)[at] = (int64_t)value; break;
        default: ((int8_t *)memory)[at] = (int8_t)value; break;
        }
    }
    return memory;
}

int rknn_outputs_get(uint64_t handle, uint32_t count, char *outputs, void *options) {
    Context *context = enter(handle, "rknn_outputs_get");
    if (!context) return CONTEXT;
    Model *model = &context->model;
    if (options) violation(model, "rknn_outputs_get with options");
    if (context->state != RAN) violation(model, "rknn_outputs_get without a run");
    int status = count == (uint32_t)model->outputs ? injected(model, "outputs") : PARAMETER;
    for (uint32_t i = 0; i < count && status == OK; i++) {
        char *output = outputs + 24 * i;
        if (U32(output, 4) != i || BYTE(output, 1) || POINTER(output, 8)) status = OUTPUT;
        if (status == OK) {
            context->lent[i] = lend(context, i, BYTE(output, 0), &U32(output, 16));
            POINTER(output, 8) = context->lent[i];
            if (model->isShort) U32(output, 16) -= 1;
            note(model, "output %llx %u float=%d", (unsigned long long)handle, i, BYTE(output, 0));
        }
    }
    context->state = status == OK ? LENT : IDLE;
    return leave(context, status);
}

int rknn_outputs_release(uint64_t handle, uint32_t count, char *outputs) {
    Context *context = enter(handle, "rknn_outputs_release");
    if (!context) return CONTEXT;
    Model *model = &context->model;
    if (context->state != LENT) violation(model, "rknn_outputs_release of outputs that are not lent");
    for (uint32_t i = 0; i < count; i++) {
        void *memory = POINTER(outputs + 24 * i, 8);
        if (i >= MOST_PORTS || memory != context->lent[i]) {
            violation(model, "rknn_outputs_release of other memory");
            continue;
        }
        // Whoever still reads it gets what nobody computed.
        memset(memory, 0xA5, U32(outputs + 24 * i, 16));
        free(memory);
        context->lent[i] = NULL;
    }
    note(model, "release %llx", (unsigned long long)handle);
    context->state = IDLE;
    return leave(context, OK);
}
