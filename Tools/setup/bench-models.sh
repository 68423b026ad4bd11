#!/bin/bash
# Makes what `make bench` measures: bench-models/, models of real cost with random weights, and links to the demo
# pack (see Tools/bench/make_models.py). 900 MB.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

maker=$ROOT/Tools/bench/make_models.py
final=$CACHE/bench-models
cmp --silent "$maker" "$final/.complete" && exit 0
"$SETUP_DIR/demo-models.sh"
lock
cmp --silent "$maker" "$final/.complete" && exit 0

"$SETUP_DIR/python.sh"
say "making models with random weights for benchmarks"
rm -rf "$final.new"
"$PYTHON" "$maker" --demo-models "$CACHE/demo-models" --output "$final.new"
cp "$maker" "$final.new/.complete"
publish "$final.new" "$final"
