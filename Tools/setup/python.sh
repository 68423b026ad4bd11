#!/bin/bash
# Makes the Python environment of the tools under the cache: python.sh [pip-only]
# With `pip-only` it holds pip alone, which is enough to download; without, also python-packages.txt.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
lock

base=${FOVEA_PYTHON:-/usr/bin/python3}
requirements=$SETUP_DIR/python-packages.txt
stamp=$CACHE/python/.packages

if ! "$PYTHON" -c '' 2>/dev/null; then
    "$base" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
        fail "$base is not Python 3.11, for which the packages are pinned; set FOVEA_PYTHON to a python3.11"
    say "making a Python environment in $CACHE/python"
    rm -rf "$CACHE/python"
    "$base" -m venv "$CACHE/python" ||
        fail "could not make a Python environment; is the package python3-venv installed?"
fi
[[ ${1:-} != pip-only ]] || exit 0
cmp --silent "$requirements" "$stamp" && exit 0

say "downloading the tools' Python packages (60 MB)"
"$PYTHON" -m pip download --quiet --no-deps --require-hashes --only-binary :all: \
    --dest "$DOWNLOADS" --requirement "$requirements" ||
    fail "pip could not download the packages of $requirements; check the network, then run this again"
"$PYTHON" -m pip install --quiet --no-deps --no-index --find-links "$DOWNLOADS" --require-hashes \
    --requirement "$requirements"
cp "$requirements" "$stamp"
