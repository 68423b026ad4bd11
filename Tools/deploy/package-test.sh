#!/bin/bash
# Installs the Debian package in a root made for it, runs what it brings, and removes it again. Needs root, Debian 12
# and two minutes; leaves only the base behind, in the cache.
#
#     package-test.sh [PACKAGE]     the newest of .build/package by default
# shellcheck source-path=SCRIPTDIR/../setup source=../setup/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"

here=$ROOT/Tools/deploy
((EUID == 0)) || fail "this makes a root and runs things in it: run it as root"
shopt -s nullglob
package=${1:-$(ls -t "$ROOT"/.build/package/*.deb 2>/dev/null | head -1)}
[[ -f $package ]] || fail "there is no package; make it first: make package"
"$SETUP_DIR/apt.sh" image-packages.txt
"$SETUP_DIR/demo-models.sh"
tar=$("$here/base.sh" bookworm)

work=$(mktemp --directory /var/tmp/fovea-package-test.XXXXXX)
root=$work/root
trap 'rm -rf --one-file-system "$work"' EXIT
mkdir "$root"
tar --extract --file "$tar" --directory "$root"
cp "$package" "$root/fovea.deb"
failed=0
check() { # WHAT COMMAND…
    local what=$1
    shift
    if "$@" >"$work/output" 2>&1; then echo "    ok     $what"; else
        echo "    FAILED $what" && tail -20 "$work/output" | sed 's/^/           /' && failed=1
    fi
}
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"; }
as_fovea() { inside setpriv --reuid=fovea --regid=fovea --init-groups --bounding-set=-all --no-new-privs "$@"; }
install_package() { inside apt-get update -qq && inside apt-get install -qq --yes --no-install-recommends systemd ./fovea.deb; }

say "checking $(basename "$package")"
check "installs in Debian 12" install_package
check "has a user, in the groups of GPUs" inside sh -c 'id fovea | grep -q render && id fovea | grep -q video'
check "keeps models to that user" inside sh -c '[ "$(stat -c "%U %a" /var/lib/fovea)" = "fovea 750" ]'
check "starts at boot" test -L "$root/etc/systemd/system/multi-user.target.wants/fovea.service"
check "brings every library" inside sh -c '! ldd /usr/bin/fovea | grep "not found\|/opt/"'
check "brings completions for bash" inside bash -n /usr/share/bash-completion/completions/fovea
check "brings a manual" \
    sh -c "dpkg-deb --fsys-tarfile '$package' | tar --extract --to-stdout ./usr/share/man/man1/fovea.1.gz | zcat |
        man --warnings --local-file - 2>&1 | grep -q '^ *fovea serve'"
unit=/lib/systemd/system/fovea.service
check "systemd finds no fault in the unit" \
    sh -c "systemd-analyze verify --root='$root' --man=no fovea.service 2>&1 | tee '$work/verify'; ! grep -q fovea '$work/verify'"
score=$(systemd-analyze security --offline=true "$root$unit" 2>/dev/null | sed -n 's/.*Overall exposure level.*: \([0-9.]*\).*/\1/p')
check "systemd scores its exposure ${score:-none}, at most 3.0" awk -v score="${score:-10}" 'BEGIN { exit !(score <= 3.0) }'

# The command of the unit, as its user and with its settings, on models that are only there to read.
cp -R "$CACHE/demo-models/." "$root/var/lib/fovea/"
rm -rf "$root/var/lib/fovea/fovea"
inside chown -R fovea:fovea /var/lib/fovea
mkdir -p "$root/run/fovea" && inside chown fovea:fovea /run/fovea
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mapfile -t settings < <(sed -n 's/^Environment=//p' "$root$unit" | tr ' ' '\n')
command=$(sed -n 's/^ExecStart=//p' "$root$unit")
mount --bind /proc "$root/proc"
trap 'umount --quiet "$root/proc"; rm -rf --one-file-system "$work"' EXIT
# shellcheck disable=SC2086 # a command and its arguments
as_fovea env "${settings[@]}" IMMICH_HOST=127.0.0.1 IMMICH_PORT="$port" MACHINE_LEARNING_DEVICE_IDS=cpu $command \
    >"$work/log" 2>&1 &
service=$!
check "serves as that user: pictures, texts, faces" /usr/bin/python3 -B "$here/smoke.py" "$port"
check "says that it is healthy" as_fovea fovea health --url "http://127.0.0.1:$port"
kill -TERM "$(pgrep --parent "$service")"
status=0
wait "$service" || status=$?
check "ends well when it is told to" test "$status" = 0
umount "$root/proc"
trap 'rm -rf --one-file-system "$work"' EXIT

check "can be removed" inside apt-get purge -qq --yes fovea
check "leaves nothing but models" \
    sh -c "cd '$root' && ! find . -xdev -path '*fovea*' ! -path './var/lib/fovea*' ! -path ./fovea.deb ! -path './run/*' |
        grep ."
((failed == 0)) || fail "the package is not as promised"
