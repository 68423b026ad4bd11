#include "stub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define U32(structure, offset) (*(uint32_t *)((char *)(structure) + (offset)))

int rknn_init(uint64_t *handle, void *bytes, uint32_t size, uint32_t flags, void *options) {
    Model model;
    if (!bytes || !size || !parse(bytes, size, &model)) return MODEL;
    if (*handle) violation(&model, "rknn_init with a handle that is set");
    if (flags || options) violation(&model, "rknn_init with options");
    int status = injected(&model, "init");
    if (status != OK) return status;
    *handle = add(&model, NULL);
    note(&model, "init %llx %u", (unsigned long long)*handle, size);
    return OK;
}

#ifndef NO_DUPLICATE
int rknn_dup_context(uint64_t *original, uint64_t *handle) {
    Context *context = enter(*original, "rknn_dup_context");
    if (!context) return CONTEXT;
    if (*handle) violation(&context->model, "rknn_dup_context with a handle that is set");
    if (context->model.rungs) violation(&context->model, "rknn_dup_context of a model of several shapes");
    int status = injected(&context->model, "dup");
    if (status == OK) {
        *handle = add(&context->model, context);
        note(&context->model, "dup %llx %llx", (unsigned long long)*original, (unsigned long long)*handle);
    }
    return leave(context, status);
}
#endif

#ifndef NO_CORES
int rknn_set_core_mask(uint64_t handle, int mask) {
    Context *context = enter(handle, "rknn_set_core_mask");
    if (!context) return CONTEXT;
    note(&context->model, "cores %llx %d", (unsigned long long)handle, mask);
    return leave(context, injected(&context->model, "cores"));
}
#endif

int rknn_destroy(uint64_t handle) {
    Context *context = enter(handle, "rknn_destroy");
    if (!context) return CONTEXT;
    if (context->state == LENT) violation(&context->model, "rknn_destroy with outputs that are lent");
    if (context->duplicates) violation(&context->model, "rknn_destroy before its duplicates");
    if (context->original) __atomic_fetch_sub(&context->original->duplicates, 1, __ATOMIC_SEQ_CST);
    note(&context->model, "destroy %llx", (unsigned long long)handle);
    context->state = GONE;
    for (int i = 0; i < MOST_PORTS; i++) free(context->values[i]);
    return leave(context, OK);
}

static void describe(const Model *model, const Port *port, int index, const uint32_t *dims, void *answer) {
    memset(answer, 0xA5, 376);
    U32(answer, 0) = index;
    U32(answer, 4) = port->rank;
    memcpy((char *)answer + 8, dims, 16 * sizeof(*dims));
    snprintf((char *)answer + 72, 256, "%s", port->name);
    U32(answer, 328) = elements(port->rank, dims) + model->lies;
    U32(answer, 332) = elements(port->rank, dims) * typeBytes(port->type);
    U32(answer, 336) = port->layout;
    U32(answer, 340) = port->type;
    U32(answer, 344) = port->quantized ? 2 : 0;
    U32(answer, 352) = port->zeroPoint;
    memcpy((char *)answer + 356, &port->scale, 4);
}

static int answer_shapes(Model *model, void *answer) {
    uint32_t index = U32(answer, 0);
    if (!model->rungs) return MODEL;
    if (index >= (uint32_t)model->inputs) return PARAMETER;
    U32(answer, 4) = model->rungs;
    U32(answer, 8) = model->input[index].layout;
    snprintf((char *)answer + 12, 256, "%s", model->input[index].name);
    for (int i = 0; i < model->rungs; i++) {
        memcpy((char *)answer + 268 + i * 64, model->rung[index][i], 64);
    }
    U32(answer, 33036) = model->input[index].rank;
    return OK;
}

static int answer_query(Context *context, int what, void *answer) {
    Model *model = &context->model;
    uint32_t index = U32(answer, 0);
    uint32_t dims[16];
    switch (what) {
    case 0:
        U32(answer, 0) = model->inputs;
        U32(answer, 4) = model->outputs;
        return OK;
    case 1:
        if (index >= (uint32_t)model->inputs) return PARAMETER;
        describe(model, &model->input[index], index, model->input[index].dims, answer);
        return OK;
    case 2:
        if (index >= (uint32_t)model->outputs) return PARAMETER;
        describe(model, &model->output[index], index, model->output[index].dims, answer);
        return OK;
    case 5:
        snprintf(answer, 256, "2.3.2 (stub@2025-04-09T09:09:27)");
        snprintf((char *)answer + 256, 256, "0.9.8");
        return OK;
    case 7:
        snprintf(answer, 1024, "%s", model->custom);
        return OK;
    case 13:
        return answer_shapes(model, answer);
    case 15: {
        if (context->rung < 0) {
            violation(model, "rknn_query for the current output before a shape was set");
            return PARAMETER;
        }
        int input = (int)index < model->inputs ? (int)index : model->inputs - 1;
        outputDims(model, index, model->rung[input][context->rung], dims);
        describe(model, &model->output[index], index, dims, answer);
        return OK;
    }
    default:
        return PARAMETER;
    }
}

int rknn_query(uint64_t handle, int what, void *answer, uint32_t size) {
    static const uint32_t sizes[16] = {[0] = 8, [1] = 376, [2] = 376, [5] = 512, [7] = 1024, [13] = 33040, [15] = 376};
    Context *context = enter(handle, "rknn_query");
    if (!context) return CONTEXT;
    if (what < 0 || what > 15 || sizes[what] != size) {
        violation(&context->model, "rknn_query %d with %u bytes", what, size);
        return leave(context, PARAMETER);
    }
    char call[16];
    snprintf(call, sizeof(call), "query%d", what);
    int status = injected(&context->model, call);
    if (status == OK) status = answer_query(context, what, answer);
    note(&context->model, "query %llx %d", (unsigned long long)handle, what);
    return leave(context, status);
}
