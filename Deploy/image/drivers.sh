#!/bin/sh
# In the stage of the base system: installs what a variant's devices need beside their runtime.
#
#     drivers.sh VARIANT
#
# Files that no registry has are taken from vendor/ beside this: librknnrt.so for rknn.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=variants.sh
. "$here/variants.sh"

packages=$(drivers_of "$1")
# shellcheck disable=SC2086 # a list of names
[ -z "$packages" ] || install_packages $packages
case $1 in
    armnn)
        # Against the Arm NN that is installed, with tools that do not stay.
        install_packages g++ make libarmnn-dev
        make --silent -C "$here/../../Shims/armnn" BUILD=/tmp/armnn-shim LIBRARY_FOLDER=/usr/lib/fovea install
        rm -rf /tmp/armnn-shim
        apt-get purge --quiet --quiet --yes --auto-remove g++ make libarmnn-dev >/dev/null
        # shellcheck disable=SC2086
        install_packages $packages
        ;;
    rknn)
        if [ -e "$here/vendor/librknnrt.so" ]; then
            install -m 644 "$here/vendor/librknnrt.so" /usr/lib/librknnrt.so
        else
            echo "note: without librknnrt.so: mount it at /usr/lib/librknnrt.so" >&2
        fi
        ;;
esac
