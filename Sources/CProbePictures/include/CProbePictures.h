#ifndef FOVEA_CPROBEPICTURES_H
#define FOVEA_CPROBEPICTURES_H

#include <stddef.h>

/// Pictures that are built into the program, so that a device can be tried
/// wherever it runs: encoded files in memory that lasts.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} fovea_probe_picture;

/// 512 × 512, one face.
extern const fovea_probe_picture fovea_probe_portrait;
/// 451 × 300, no face of a person.
extern const fovea_probe_picture fovea_probe_animal;
/// 600 × 400.
extern const fovea_probe_picture fovea_probe_still_life;
/// 760 × 330, four lines of printed text.
extern const fovea_probe_picture fovea_probe_text;

#endif
