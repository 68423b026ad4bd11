#ifndef FOVEA_CRKNN_H
#define FOVEA_CRKNN_H

#include "RKNNConstants.h"
#include "RKNNTypes.h"

/// The library's functions. Those that older versions lack may be NULL.
typedef struct {
    /// Loads a model of `bytes` bytes, which are read during the call only.
    int32_t (*load)(RKNNHandle *context, void *model, uint32_t bytes, uint32_t flags, void *options);
    int32_t (*destroy)(RKNNHandle context);
    int32_t (*query)(RKNNHandle context, int32_t what, void *answer, uint32_t bytes);
    int32_t (*setInputs)(RKNNHandle context, uint32_t count, RKNNInput *inputs);
    int32_t (*run)(RKNNHandle context, void *options);
    int32_t (*getOutputs)(RKNNHandle context, uint32_t count, RKNNOutput *outputs, void *options);
    int32_t (*releaseOutputs)(RKNNHandle context, uint32_t count, RKNNOutput *outputs);
    /// Another context for a model that is loaded. May be NULL.
    int32_t (*duplicate)(RKNNHandle *context, RKNNHandle *copy);
    /// May be NULL.
    int32_t (*setCores)(RKNNHandle context, int32_t mask);
    /// Chooses among the shapes that a model was converted for. May be NULL.
    int32_t (*setShapes)(RKNNHandle context, uint32_t count, RKNNAttributes *inputs);
} RKNNFunctions;

/// Opens Rockchip's runtime and looks its functions up.
///
/// The library stays open for the life of the process.
///
/// @param path A path, or a bare name for the system's search path.
/// @param error Where a failure is described: at most `capacity` bytes, ended by NUL.
/// @return 0, or -1 where the library cannot be opened or lacks a function.
int32_t fovea_rknn_open(const char *path, RKNNFunctions *functions, char *error, size_t capacity);

/// Asks which shapes an input may have.
///
/// @param count Becomes their number.
/// @param rank Becomes the number of dimensions of each.
/// @param dimensions Is filled with the shapes, one after the other, `rank`
/// lengths each; has room for RKNN_MOST_SHAPES * RKNN_MOST_DIMENSIONS.
/// @return What the library returned.
int32_t fovea_rknn_query_shapes(
    const RKNNFunctions *functions, RKNNHandle context, uint32_t input, uint32_t *count, uint32_t *rank,
    uint32_t *dimensions);

#endif
