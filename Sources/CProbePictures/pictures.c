#include "CProbePictures.h"

// The compiler has it in every dialect.
#pragma clang diagnostic ignored "-Wc23-extensions"

// The files are the samples that people see in the demo too; what is known of
// their origin stands in Samples/README.md.

static const unsigned char portrait[] = {
#embed "../../Samples/astronaut.jpg"
};

static const unsigned char animal[] = {
#embed "../../Samples/cat.jpg"
};

static const unsigned char still_life[] = {
#embed "../../Samples/coffee.jpg"
};

static const unsigned char text[] = {
#embed "../../Samples/rendered-text.png"
};

const fovea_probe_picture fovea_probe_portrait = {portrait, sizeof portrait};
const fovea_probe_picture fovea_probe_animal = {animal, sizeof animal};
const fovea_probe_picture fovea_probe_still_life = {still_life, sizeof still_life};
const fovea_probe_picture fovea_probe_text = {text, sizeof text};
