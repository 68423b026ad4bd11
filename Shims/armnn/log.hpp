// Where Arm NN's log goes.
#pragma once

#include "FoveaArmNNShim.h"

namespace fovea {

/// Sends warnings and errors to `log` from now on, and nothing to standard
/// output. NULL drops them.
void sendLog(fovea_armnn_log log);

}  // namespace fovea
