#!/bin/bash
# Installs the packages of a list that are missing: apt.sh [LIST], debian-packages.txt by default. Runs nothing
# when all are there.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mapfile -t wanted < <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$SETUP_DIR/${1:-debian-packages.txt}")

if ! command -v dpkg-query >/dev/null; then
    note "this is no Debian system; make sure that what these packages hold is installed: ${wanted[*]}"
    exit 0
fi

known=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for package in "${wanted[@]}"; do
    grep --quiet --line-regexp --fixed-strings -- "installed $package" <<<"$known" || missing+=("$package")
done
((${#missing[@]})) || exit 0

say "installing Debian packages: ${missing[*]}"
as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null ||
        fail "this needs root and there is no sudo; as root run: apt-get install ${missing[*]}"
    as_root=(sudo)
fi
"${as_root[@]}" apt-get update --quiet --quiet ||
    fail "apt-get update failed; check the network and /etc/apt/sources.list"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --quiet --quiet --yes --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null ||
    fail "apt-get install failed; see its message above, then run this again"
