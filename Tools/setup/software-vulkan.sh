#!/bin/bash
# Puts a Vulkan device in software into the cache: mesa-VERSION/, for tests of the WebGPU provider.
#
# Debian 12's own Mesa (22.3) lacks features that the provider needs; its backport has them. The
# packages are unpacked, not installed, so that nobody's graphics change.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

version=25.0.7
final=$CACHE/mesa-$version
[[ -e $final/lvp_icd.json ]] && exit 0
lock
[[ -e $final/lvp_icd.json ]] && exit 0

command -v apt-get >/dev/null || fail "this is no Debian system: there is no Vulkan device in software for tests"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
say "fetching Mesa $version (about 45 MB)"
new=$final.new
rm -rf "$new"
mkdir -p "$new/apt/lists/partial" "$new/apt/archives/partial" "$new/debs" "$new/root"
# Root hands the download to apt's own user, who may not read a private home.
cat >"$new/apt/sources.list" <<TEXT
deb [signed-by=$keyring] http://deb.debian.org/debian bookworm main
deb [signed-by=$keyring] http://deb.debian.org/debian bookworm-backports main
TEXT
cat >"$new/apt/apt.conf" <<TEXT
Dir::Etc::SourceList "$new/apt/sources.list";
Dir::Etc::SourceParts "-";
Dir::State::Lists "$new/apt/lists";
Dir::Cache::Archives "$new/apt/archives";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
APT::Sandbox::User "root";
Acquire::Languages "none";
TEXT
export APT_CONFIG=$new/apt/apt.conf
apt-get update --quiet --quiet || fail "apt-get update failed; check the network, then run this again"
# What the driver links, as far as a small system may lack it.
packages=(
    mesa-vulkan-drivers/bookworm-backports libdrm2/bookworm-backports libdrm-amdgpu1/bookworm-backports
    libvulkan1 libllvm15 libxcb1 libxcb-dri3-0 libxcb-present0 libxcb-randr0 libxcb-sync1
    libxcb-xfixes0 libxcb-shm0 libxshmfence1 libx11-xcb1 libwayland-client0 libxau6 libxdmcp6 libbsd0 libmd0
    libelf1 libzstd1 libedit2 libtinfo6 libxml2 libicu72 libffi8 libexpat1 libudev1 libz3-4
)
(cd "$new/debs" && for package in "${packages[@]}"; do
    apt-get download --quiet --quiet "$package" 2>/dev/null || note "$package is not there"
done)
for package in "$new"/debs/*.deb; do dpkg-deb --extract "$package" "$new/root"; done
driver=$(find "$new/root" -name libvulkan_lvp.so | head -1)
[[ -n $driver ]] || fail "Mesa's software driver could not be fetched; check the network, then run this again"
mkdir "$new/lib"
find "$new/root" \( -name '*.so' -o -name '*.so.*' \) \( -type f -o -type l \) -exec cp -a {} "$new/lib/" \;
rm -rf "$new/root" "$new/debs" "$new/apt"
printf '{"file_format_version": "1.0.0", "ICD": {"library_path": "%s", "api_version": "1.4.305"}}\n' \
    "$final/lib/libvulkan_lvp.so" >"$new/lvp_icd.json"
publish "$new" "$final"
