#!/bin/bash
# Makes the Debian package of a built program, for this machine's architecture: .build/package/fovea_VERSION_ARCH.deb
#
#     package.sh [PROGRAM]     the release build by default
# shellcheck source-path=SCRIPTDIR/../setup source=../setup/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"

program=${1:-$ROOT/.build/release/fovea}
[[ -x $program ]] || fail "there is no program $program; build it first: make build"
"$SETUP_DIR/apt.sh" package-packages.txt
version=$("$program" --version | awk '{ print $NF }')
architecture=$(dpkg --print-architecture)
parts=$ROOT/Deploy/debian
out=$ROOT/.build/package
root=$out/root
rm -rf "$root"
mkdir -p "$root"/{DEBIAN,etc/default,usr/{bin,lib/fovea/lib}}

say "packing fovea $version for $architecture"
"$ROOT/Tools/deploy/collect.sh" "$program" "$root/usr/bin" "$root/usr/lib/fovea/lib"
patchelf --set-rpath "\$ORIGIN/../lib/fovea/lib" "$root/usr/bin/fovea"
rmdir "$root/usr/lib/fovea/lib" 2>/dev/null || true
# Debian has no ONNX Runtime of this version. The user's own does not count.
XDG_CACHE_HOME=$out/none FOVEA_LIBRARY_FOLDER=$root/usr/lib/fovea "$root/usr/bin/fovea" backends install onnxruntime >/dev/null
rm -rf "$root/usr/lib/fovea/downloads"
compgen -G "$root/usr/lib/fovea/onnxruntime-*/libonnxruntime.so.*" >/dev/null || fail "ONNX Runtime is not in the package"

install -D --mode 644 "$parts/fovea.service" "$root/lib/systemd/system/fovea.service"
install --mode 644 "$parts/default" "$root/etc/default/fovea"
echo /etc/default/fovea >"$root/DEBIAN/conffiles"
install -D --mode 644 "$parts/copyright" "$root/usr/share/doc/fovea/copyright"
mkdir -p "$root"/usr/share/{man/man1,bash-completion/completions,zsh/vendor-completions,fish/vendor_completions.d}
"$(command -v "${FOVEA_PYTHON:-/usr/bin/python3}")" -B "$ROOT/Tools/deploy/manpage.py" "$root/usr/bin/fovea" |
    gzip --best --no-name >"$root/usr/share/man/man1/fovea.1.gz"
for shell in bash:bash-completion/completions/fovea zsh:zsh/vendor-completions/_fovea \
    fish:fish/vendor_completions.d/fovea.fish; do
    "$root/usr/bin/fovea" --generate-completion-script "${shell%%:*}" >"$root/usr/share/${shell#*:}"
done
moment=$(git -C "$ROOT" log -1 --format=%cD 2>/dev/null || date -R)
printf 'fovea (%s) unstable; urgency=medium\n\n  * As built from its sources.\n\n -- %s  %s\n' \
    "$version" "$(sed -n 's/^Maintainer: //p' "$parts/control.in")" "$moment" |
    gzip --best --no-name >"$root/usr/share/doc/fovea/changelog.gz"

# What of Debian it links: found by dpkg, in a folder that looks like a source package to it.
mkdir -p "$out/source/debian"
printf 'Source: fovea\n\nPackage: fovea\nArchitecture: any\n' >"$out/source/debian/control"
mapfile -t binaries < <(find "$root/usr" -type f \( -name '*.so*' -o -path '*/bin/fovea' \))
depends=$(cd "$out/source" && dpkg-shlibdeps -O --ignore-missing-info -l"$root/usr/lib/fovea/lib" "${binaries[@]/#/-e}" \
    2>"$out/shlibdeps.log" | sed -n 's/^shlibs:Depends=//p')
[[ -n $depends ]] || { cat "$out/shlibdeps.log" >&2 && fail "dpkg-shlibdeps found no dependencies"; }
size=$(du --summarize --apparent-size --block-size 1K "$root" | cut -f 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" -e "s/@DEPENDS@/$depends/" \
    "$parts/control.in" >"$root/DEBIAN/control"
install "$parts"/{postinst,prerm,postrm} "$root/DEBIAN/"
(cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$root" -type d -exec chmod 755 {} +
dpkg-deb --root-owner-group --build -Zxz -z2 "$root" "$out/fovea_${version}_$architecture.deb" >/dev/null
rm -rf "$root" "$out/source" "$out/shlibdeps.log"
say "made $out/fovea_${version}_$architecture.deb"
