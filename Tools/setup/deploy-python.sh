#!/bin/bash
# Puts the Python packages that `make deploy-test` uses into the cache: deploy-python/, to be named in PYTHONPATH.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

requirements=$SETUP_DIR/deploy-python.txt
final=$CACHE/deploy-python
cmp --silent "$requirements" "$final/.packages" && exit 0
lock
cmp --silent "$requirements" "$final/.packages" && exit 0
"$SETUP_DIR/python.sh" pip-only
say "downloading what compose files and Kubernetes manifests are checked with (12 MB)"
rm -rf "$final.new"
"$PYTHON" -m pip install --quiet --no-deps --require-hashes --only-binary :all: --target "$final.new" \
    --requirement "$requirements" ||
    fail "pip could not install the packages of $requirements; check the network, then run this again"
cp "$requirements" "$final.new/.packages"
publish "$final.new" "$final"
