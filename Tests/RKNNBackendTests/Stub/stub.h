// A librknnrt.so for tests: checks what it is called with, writes each call
// down, and computes something simple. It knows the runtime's structures by the
// places of their fields only, so that the backend's declarations are checked
// against another source: the sizes and offsets that public bindings assert.

#ifndef STUB_H
#define STUB_H

#include <stddef.h>
#include <stdint.h>

enum { OK = 0, FAIL = -1, TIMEOUT = -2, PARAMETER = -5, MODEL = -6, CONTEXT = -7, INPUT = -8, OUTPUT = -9 };
enum { FLOAT32 = 0, FLOAT16 = 1, INT8 = 2, UINT8 = 3, INT32 = 6, INT64 = 8, BOOL = 9, BFLOAT16 = 11 };
enum { NCHW = 0, NHWC = 1, UNDEFINED = 3 };
enum { MOST_PORTS = 4, MOST_RUNGS = 4, MOST_FAILURES = 4, MOST_CONTEXTS = 4096 };

typedef struct {
    char name[64];
    int layout, type, quantized, zeroPoint;
    float scale;
    uint32_t rank, dims[16];
} Port;

typedef struct {
    char call[32];
    int code;
    // Which call of that name fails, counted from 1; 0 for all.
    int which;
} Failure;

// What the text of a model file says.
typedef struct {
    char log[1024];
    char fifo[1024];
    char custom[1024];
    int inputs, outputs, rungs, gate, lies, isShort;
    Port input[MOST_PORTS], output[MOST_PORTS];
    uint32_t rung[MOST_PORTS][MOST_RUNGS][16];
    int failures;
    Failure failure[MOST_FAILURES];
} Model;

typedef enum { IDLE, FILLED, RAN, LENT, GONE } State;

typedef struct Context {
    Model model;
    State state;
    int busy, rung;
    // What a duplicate was made of, and how many duplicates are left.
    struct Context *original;
    int duplicates;
    // The inputs as numbers, planes first.
    double *values[MOST_PORTS];
    void *lent[MOST_PORTS];
} Context;

// model.c
int parse(const char *text, size_t size, Model *model);
uint32_t elements(uint32_t rank, const uint32_t *dims);
uint32_t typeBytes(int type);
// The place of an element, counted planes first, in a tensor of that layout.
uint32_t place(int layout, uint32_t rank, const uint32_t *dims, uint32_t planar);
// What the n-th output looks like while an input has these dimensions.
void outputDims(const Model *model, int output, const uint32_t *input, uint32_t *dims);

// checks.c
void note(const Model *model, const char *format, ...);
void violation(const Model *model, const char *format, ...);
int injected(const Model *model, const char *call);
Context *enter(uint64_t handle, const char *call);
int leave(Context *context, int status);
uint64_t add(const Model *model, Context *original);

#endif
