#!/bin/bash
# Builds the demo model pack into the cache: demo-models/ (see Tools/demo-models/README.md).
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

pack=$ROOT/Tools/demo-models
cmp --silent "$pack/SHA256SUMS" "$CACHE/demo-models/.complete" && exit 0
lock
cmp --silent "$pack/SHA256SUMS" "$CACHE/demo-models/.complete" && exit 0

"$SETUP_DIR/python.sh"
say "building the demo model pack (about 300 MB of downloads, two minutes of computing)"
PYTHONPATH=$pack "$PYTHON" -m demo_models --cache "$CACHE" --repository "$ROOT"
