#!/bin/bash
# In the build stage: lays out what an image gets.
#
#     gather.sh VARIANT [RUNTIMES]
#
# /rootfs: the program, the libraries it links that are not any system's, its runtimes, licences. The libraries lie in
# a folder of their own and are found by the program alone, so that the base system may be another one.
# /empty: what else a process needs where there is no system: the C library, certificates, time zones.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=variants.sh
. "$here/variants.sh"

variant=$1
runtimes=${2:-$(runtimes_of "$variant")}
own=/rootfs/usr/lib/fovea/lib
mkdir -p /rootfs/usr/bin "$own" /rootfs/usr/share/doc/fovea /empty/usr/{bin,lib,lib64,share} /empty/etc

# With every system that programs are made for; a driver may need a newer one than the program's.
is_systems() { [[ ${1##*/} =~ ^(ld-linux.*|lib(c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+))\.so ]]; }
linked() { ldd "$@" 2>/dev/null | awk '$3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-linux/ { print $1 }' | sort --unique; }

# The package that a library is of, if any; those that moved from /lib are known by their old names.
package_of() {
    dpkg-query --search "$1" "$(realpath "$1")" "/usr$1" "${1#/usr}" 2>/dev/null | head -1 | cut -d : -f 1 || true
}
# Says in the image that files of a package are in it, as scanners look for it, and under which licence.
credit() {
    local root=$2
    [[ ! -e $root/var/lib/dpkg/status.d/$1 ]] || return 0
    mkdir -p "$root/var/lib/dpkg/status.d" "$root/usr/share/doc/$1"
    dpkg-query --status "$1" >"$root/var/lib/dpkg/status.d/$1"
    cp "/usr/share/doc/$1/copyright" "$root/usr/share/doc/$1/" 2>/dev/null ||
        echo "warning: the licence of $1 is not in this image" >&2
}
take() { # FILE FOLDER ROOT
    local package
    mkdir -p "$2"
    [[ ! -e $2/${1##*/} ]] || return 0
    cp --dereference "$1" "$2/"
    package=$(package_of "$1")
    [[ -z $package ]] || credit "$package" "$3"
}

install /program/fovea /rootfs/usr/bin/fovea
for library in $(linked /program/fovea); do
    is_systems "$library" || take "$library" "$own" /rootfs
done
# Debian's are stripped, Swift's are not.
for library in "$own"/*; do [[ ! -e /program/${library##*/} ]] || strip --strip-unneeded "$library"; done
patchelf --set-rpath "\$ORIGIN/../lib/fovea/lib" /rootfs/usr/bin/fovea
find "$own" -name '*.so*' -exec patchelf --set-rpath "\$ORIGIN" {} \;
install /usr/bin/tini-static /rootfs/usr/bin/tini
credit tini /rootfs
# Which the packages' own point to.
cp -R /usr/share/common-licenses /rootfs/usr/share/
cp /source/LICENSE /rootfs/usr/share/doc/fovea/copyright
install --directory --mode 1777 /rootfs/cache

# shellcheck disable=SC2086 # a list of names
FOVEA_LIBRARY_FOLDER=/rootfs/usr/lib/fovea /rootfs/usr/bin/fovea backends install $runtimes
rm -rf /rootfs/usr/lib/fovea/downloads
find /rootfs/usr/lib/fovea -name '.*' -maxdepth 1 -type f -delete

# The rest is for the image that has no system.
for name in bin lib lib64; do ln --symbolic "usr/$name" "/empty/$name"; done
triplet=$(dirname "$(ldconfig -p | awk '/libc\.so\.6/ { print $NF; exit }')")
mapfile -t files < <(find /rootfs -type f \( -name '*.so*' -o -name fovea \))
for library in $(linked "${files[@]}"); do
    case ${library##*/} in
        ld-linux*) take "$library" "/empty/usr$(dirname "$library")" /empty ;;
        *) if is_systems "$library"; then take "$library" "/empty/usr/lib/${triplet##*/}" /empty; fi ;;
    esac
done
# Names are looked up by files and by DNS alone; any user will do, these have names.
echo 'hosts: files dns' >/empty/etc/nsswitch.conf
printf 'root:x:0:0:root:/cache:/sbin/nologin\nfovea:x:1000:1000:fovea:/cache:/sbin/nologin\n' >/empty/etc/passwd
printf 'root:x:0:\nvideo:x:44:\nfovea:x:1000:\n' >/empty/etc/group
# Not what the build trusts beside them, such as a company's proxy.
mkdir -p /empty/etc/ssl/certs
cat /usr/share/ca-certificates/mozilla/*.crt >/empty/etc/ssl/certs/ca-certificates.crt
credit ca-certificates /empty
cp -R /usr/share/zoneinfo /empty/usr/share/zoneinfo
rm -rf /empty/usr/share/zoneinfo/{right,posix}
credit tzdata /empty
install --directory --mode 1777 /empty/tmp
# Where engines mount something.
mkdir -p /empty/{dev,proc,sys,run}
