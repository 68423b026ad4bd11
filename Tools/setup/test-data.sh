#!/bin/bash
# Fetches the golden pictures that are not free enough to be in the repository into the cache:
# test-data/pictures/. Their packages are pinned by hash; each picture is re-created byte for byte.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

sums=$SETUP_DIR/test-data.sha256
final=$CACHE/test-data
complete() { [[ -d $final ]] && (cd "$final" && sha256sum --check --status "$sums" 2>/dev/null); }
complete && exit 0
lock
complete && exit 0

deb=opencv-doc_4.6.0+dfsg-12_all.deb
deb_sum=4b12681df35878207ac7097dc66184b2ae552e4bf4ddd2af04a0f03ed0b8682a
wheel=insightface-2.1-py3-none-any.whl
wheel_sum=dcd58ee79d99d689572477315f3149353afd65a36dc575f597cbb217a7bde399

"$SETUP_DIR/python.sh"
has_sum() { [[ -f $1 ]] && sha256sum --check --status <<<"$2  $1"; }

if ! has_sum "$DOWNLOADS/$wheel" $wheel_sum; then
    say "downloading test pictures: insightface (1 MB)"
    echo "insightface==2.1 --hash=sha256:$wheel_sum" >"$DOWNLOADS/insightface.txt"
    "$PYTHON" -m pip download --quiet --no-deps --require-hashes --only-binary :all: \
        --dest "$DOWNLOADS" --requirement "$DOWNLOADS/insightface.txt" ||
        fail "pip could not download insightface 2.1; check the network, then run this again"
fi

if ! has_sum "$DOWNLOADS/$deb" $deb_sum; then
    say "downloading test pictures: opencv-doc (95 MB)"
    name=${deb%%_*} version=${deb#*_}
    quiet=(-qq)
    [[ -t 1 ]] && quiet=() # apt's own progress bar
    fetch() { (cd "$DOWNLOADS" && apt-get download "${quiet[@]}" "$name=${version%_all.deb}" 2>"$DOWNLOADS/apt.log"); }
    # Without fresh package lists apt may not know the package.
    fetch || { { ((EUID)) && sudo apt-get update -qq || apt-get update -qq; } && fetch; } || {
        cat "$DOWNLOADS/apt.log" >&2
        fail "apt-get could not download $name ${version%_all.deb}; check the network, then run this again"
    }
    has_sum "$DOWNLOADS/$deb" $deb_sum || fail "$DOWNLOADS/$deb has other bytes than expected; delete it and run this again"
fi

new=$final.new
rm -rf "$new"
mkdir -p "$new/source"
dpkg-deb --fsys-tarfile "$DOWNLOADS/$deb" | tar --extract --directory "$new/source" --strip-components=6 \
    ./usr/share/doc/opencv-doc/examples/data/{butterfly,fruits}.jpg \
    ./usr/share/doc/opencv-doc/examples/text/scenetext0{1,4}.jpg
"$PYTHON" -m zipfile -e "$DOWNLOADS/$wheel" "$new/source"
"$PYTHON" "$SETUP_DIR/test_data.py" "$new/source" "$new/pictures"
rm -rf "$new/source"
(cd "$new" && sha256sum --check --quiet "$sums") || fail "the re-created test pictures have other bytes than recorded"
publish "$new" "$final"
