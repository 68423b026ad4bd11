#!/bin/bash
# Makes a Debian base for images and installation tests without a registry: prints the path of a tar of it.
#
#     base.sh [RELEASE]     bookworm by default; kept in the cache, 100 MB. Needs root.
#
# It is as small as Debian's own slim images: without manuals, translations and documentation but licences.
# shellcheck source-path=SCRIPTDIR/../setup source=../setup/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"

release=${1:-bookworm}
final=$CACHE/debian-$release.tar
[[ ! -e $final ]] || { echo "$final" && exit 0; }
((EUID == 0)) || fail "making a Debian base needs root: run this with sudo"
lock
[[ ! -e $final ]] || { echo "$final" && exit 0; }

say "making a base of Debian ($release), about two minutes" >&2
new=$(mktemp --directory "$CACHE/debian-$release.XXXXXX")
trap 'rm -rf --one-file-system "$new"' EXIT
debootstrap --variant=minbase --include=ca-certificates "$release" "$new" http://deb.debian.org/debian >"$new.log" 2>&1 ||
    fail "debootstrap failed; see $new.log"
cat >"$new/etc/apt/sources.list" <<TEXT
deb http://deb.debian.org/debian $release main
deb http://deb.debian.org/debian $release-updates main
deb http://deb.debian.org/debian-security $release-security main
TEXT
cat >"$new/etc/dpkg/dpkg.cfg.d/slim" <<'TEXT'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
path-exclude /usr/share/info/*
TEXT
rm -rf "$new"/var/cache/apt/* "$new"/var/lib/apt/lists/* "$new"/usr/share/{locale,man,info}/* "$new"/var/log/*.log \
    "$new"/var/cache/debconf/*-old
mkdir -p "$new"/var/{cache/apt/archives,lib/apt/lists}/partial
find "$new/usr/share/doc" -type f ! -name copyright -delete
find "$new/usr/share/doc" -type d -empty -delete
chmod 755 "$new"
tar --create --numeric-owner --one-file-system --directory "$new" --file "$new.tar" .
mv "$new.tar" "$final"
rm -f "$new.log"
echo "$final"
