#include "stub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int numberOf(const char *name, const char *const *names, const int *numbers) {
    for (int i = 0; names[i]; i++) {
        if (!strcmp(name, names[i])) return numbers[i];
    }
    return -1;
}

static int layoutOf(const char *name) {
    const char *names[] = {"NCHW", "NHWC", "UNDEFINED", NULL};
    const int numbers[] = {NCHW, NHWC, UNDEFINED};
    return numberOf(name, names, numbers);
}

static int typeOf(const char *name) {
    const char *names[] = {"fp32", "fp16", "int8", "uint8", "int32", "int64", "bool", "bf16", NULL};
    const int numbers[] = {FLOAT32, FLOAT16, INT8, UINT8, INT32, INT64, BOOL, BFLOAT16};
    return numberOf(name, names, numbers);
}

static uint32_t dimsOf(const char *text, uint32_t *dims) {
    uint32_t rank = 0;
    for (char *end = (char *)text; *text && rank < 16; text = *end == ',' ? end + 1 : end) {
        dims[rank++] = (uint32_t)strtoul(text, &end, 10);
        if (end == text) return 0;
    }
    return rank;
}

uint32_t elements(uint32_t rank, const uint32_t *dims) {
    uint32_t count = 1;
    for (uint32_t i = 0; i < rank; i++) count *= dims[i];
    return count;
}

uint32_t typeBytes(int type) {
    switch (type) {
    case INT64: return 8;
    case FLOAT32:
    case INT32: return 4;
    case FLOAT16:
    case BFLOAT16: return 2;
    default: return 1;
    }
}

uint32_t place(int layout, uint32_t rank, const uint32_t *dims, uint32_t planar) {
    if (rank != 4 || layout != NHWC) return planar;
    uint32_t height = dims[1], width = dims[2], channels = dims[3];
    uint32_t x = planar % width, y = planar / width % height, c = planar / width / height % channels;
    uint32_t n = planar / width / height / channels;
    return ((n * height + y) * width + x) * channels + c;
}

void outputDims(const Model *model, int output, const uint32_t *input, uint32_t *dims) {
    const Port *port = &model->output[output];
    const Port *source = &model->input[output < model->inputs ? output : model->inputs - 1];
    memcpy(dims, input, 16 * sizeof(*dims));
    if (source->rank != 4 || source->layout == port->layout) return;
    const int toPlanes[] = {0, 3, 1, 2}, toPixels[] = {0, 2, 3, 1};
    const int *order = source->layout == NHWC ? toPlanes : toPixels;
    for (int i = 0; i < 4; i++) dims[i] = input[order[i]];
}

static int parsePort(char *rest, Port *port) {
    char layout[16], type[16], quantization[32], dims[128];
    if (sscanf(rest, "%63s %15s %15s %31s %127s", port->name, layout, type, quantization, dims) != 5) return 0;
    port->layout = layoutOf(layout);
    port->type = typeOf(type);
    port->quantized = sscanf(quantization, "%d*%f", &port->zeroPoint, &port->scale) == 2;
    port->rank = dimsOf(dims, port->dims);
    return port->layout >= 0 && port->type >= 0 && port->rank > 0;
}

static int parseLine(char *line, Model *model) {
    char *rest = strchr(line, ' ');
    if (rest) *rest++ = 0;
    if (!strcmp(line, "lies")) return model->lies = 1;
    if (!strcmp(line, "short")) return model->isShort = 1;
    if (!rest) return 0;
    if (!strcmp(line, "log")) return snprintf(model->log, sizeof(model->log), "%s", rest) > 0;
    if (!strcmp(line, "fifo")) return snprintf(model->fifo, sizeof(model->fifo), "%s", rest) > 0;
    if (!strcmp(line, "custom")) return snprintf(model->custom, sizeof(model->custom), "%s", rest) > 0;
    if (!strcmp(line, "gate")) return (model->gate = atoi(rest)) > 0;
    if (!strcmp(line, "input")) return parsePort(rest, &model->input[model->inputs++]);
    if (!strcmp(line, "output")) return parsePort(rest, &model->output[model->outputs++]);
    if (!strcmp(line, "fail")) {
        Failure *failure = &model->failure[model->failures++];
        return sscanf(rest, "%31s %d %d", failure->call, &failure->code, &failure->which) == 3;
    }
    if (!strcmp(line, "rung")) {
        // One shape an input, in order.
        char *save = NULL;
        int input = 0;
        for (char *text = strtok_r(rest, " ", &save); text; text = strtok_r(NULL, " ", &save), input++) {
            if (dimsOf(text, model->rung[input][model->rungs]) != model->input[input].rank) return 0;
        }
        model->rungs++;
        return input == model->inputs;
    }
    return 0;
}

int parse(const char *text, size_t size, Model *model) {
    memset(model, 0, sizeof(*model));
    static const char magic[] = "stub-rknn\n";
    if (size < sizeof(magic) - 1 || memcmp(text, magic, sizeof(magic) - 1)) return 0;
    char *copy = strndup(text + sizeof(magic) - 1, size - sizeof(magic) + 1), *save = NULL;
    int isGood = 1;
    for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        isGood = isGood && parseLine(line, model);
    }
    free(copy);
    return isGood && model->log[0];
}
