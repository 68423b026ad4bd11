#!/bin/bash
# Installs and fetches what building, the demo and the tests need, as far as it is missing.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat <<'TEXT'
setup.sh: installs and fetches what building, the demo and the tests need, as far as it is missing

    setup.sh                  everything
    setup.sh --demo           all but the pictures that only the tests use
    setup.sh --runtime-only   Debian packages and ONNX Runtime: enough to build and serve

Downloads are checked against pinned hashes and kept, with what is made of them, in
${XDG_CACHE_HOME:-~/.cache}/fovea, which may be deleted at any time. Stop it whenever you
like; the next run goes on where it stopped. FOVEA_PYTHON names a Python 3.11 other than
/usr/bin/python3.
TEXT
}

steps=(apt onnxruntime demo-models test-data)
case ${1:-} in
    '') ;;
    --demo) steps=(apt onnxruntime demo-models) ;;
    --runtime-only) steps=(apt onnxruntime) ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
esac

lock
for step in "${steps[@]}"; do
    "$SETUP_DIR/$step.sh"
done
say "set up: everything is there ($CACHE)"
