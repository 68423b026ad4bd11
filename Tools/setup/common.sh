# shellcheck shell=bash
# What the set-up scripts share; sourced by them.

set -euo pipefail

SETUP_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck disable=SC2034 # as PYTHON below, used by the scripts that source this file
ROOT=$(cd "$SETUP_DIR/../.." && pwd)
CACHE=${FOVEA_CACHE:-${XDG_CACHE_HOME:-${HOME:?set HOME or XDG_CACHE_HOME}/.cache}/fovea}
DOWNLOADS=$CACHE/downloads
# shellcheck disable=SC2034
PYTHON=$CACHE/python/bin/python

# ONNX Runtime's official builds report usage unless told not to.
export ORT_DISABLE_TELEMETRY=1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
# Keeps __pycache__ out of the checkout.
export PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' PLAIN=$'\e[0m'
else
    BOLD='' DIM='' RED='' PLAIN=''
fi

say() { printf '%s==>%s %s\n' "$BOLD" "$PLAIN" "$*"; }
note() { printf '%s    %s%s\n' "$DIM" "$*" "$PLAIN"; }
fail() {
    printf '%serror:%s %s\n' "$RED" "$PLAIN" "$*" >&2
    exit 1
}

# Runs the rest of this script alone: a second set-up on the same cache waits for the first.
# The lock goes with the process, so nothing is left behind by Ctrl-C.
lock() {
    [[ -z ${FOVEA_SETUP_LOCKED:-} ]] || return 0
    { mkdir -p "$DOWNLOADS" && [[ -w $CACHE && -w $DOWNLOADS ]]; } 2>/dev/null ||
        fail "cannot write to $DOWNLOADS; set XDG_CACHE_HOME to a folder that you may write to"
    exec 9>"$CACHE/.lock"
    if ! flock --nonblock 9; then
        note "another set-up is at work on $CACHE; waiting for it"
        flock 9
    fi
    export FOVEA_SETUP_LOCKED=1
}

# publish NEW FINAL: puts a finished file or folder in its place in one step.
publish() {
    if [[ -e $2 ]]; then
        rm -rf "$2.old"
        mv "$2" "$2.old"
    fi
    mv "$1" "$2"
    rm -rf "$2.old"
}
