#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# release.sh [MAVEN OPTION...]
#
# Makes every package, with a Java for linux-x64, linux-aarch64 and windows-x64, and the files for package managers, in
# packages/target, and verifies them. It sends nothing anywhere. It needs root, what ./check installs, ruby, unzip, and
# mmdebstrap, which reads from Debian the JDK for aarch64 (310 MB), and a machine for Windows (1.4 GB, see windows.sh).
# RELEASE names a folder that keeps them; JMODS_AARCH64 names modules for aarch64 to take instead.
set -eu
here=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)
top=${here%/*}
built=$here/target
suite=trixie
# shellcheck source=java-api/program/src/main/sh/java.sh
. "$top/java-api/program/src/main/sh/java.sh"
# shellcheck source=packages/windows.sh
. "$here/windows.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=${RELEASE:-$scratch}/$suite-arm64

fail() { echo "release.sh: $1" >&2; exit 1; }

[ "$(id -u)" -eq 0 ] || fail "needs root"
for program in mmdebstrap qemu-aarch64 python3 ruby unzip; do
  command -v $program >/dev/null || fail "needs $program"
done
newest=$(java_homes javac | head -n 1)
jdk=${newest%% *}
[ "${jdk:-0}" -ge 25 ] || fail "needs a JDK 25"
export JAVA_HOME="${newest#* }"

# The JDK for aarch64 and the libraries that it needs, unpacked and not installed.
if ! [ -d "$root/usr" ]; then
  mkdir -p "${root%/*}"
  mmdebstrap --quiet --variant=extract --architectures=arm64 --include="openjdk-$jdk-jdk-headless,libstdc++6,zlib1g" \
    "$suite" "$root.part"
  # What a package of the bare system would do.
  [ -e "$root.part/lib" ] || ln -s usr/lib "$root.part/lib"
  mv "$root.part" "$root"
fi
jmods=${JMODS_AARCH64:-$root/usr/lib/jvm/java-$jdk-openjdk-arm64/jmods}
[ -r "$jmods/java.base.jmod" ] || fail "$jmods holds no modules of a JDK"

cd "$here"
windows_machine "${RELEASE:-$scratch}/$suite-windows"
windows_runtime "$(sed -n 's:.*<runtime.modules>\(.*\)</runtime.modules>.*:\1:p' pom.xml)"

rm -rf "$built"
cd "$top"
# JReleaser wants a git repository to name a commit; an archive of the sources is none.
git init -q "$built/jreleaser"
git -C "$built/jreleaser" -c user.name=release -c user.email=release@localhost commit -q --allow-empty -m "Release"
# Every platform's library: without an option, -Dlauncher builds that of this machine alone.
mvn -B -q -ntp -Dlauncher "-Dnative.platforms=linux-x86_64 linux-aarch64 windows-x86_64" -Dnative.required=true \
  -Druntime "-Djmods.aarch64=$jmods" "-Druntime.windows=$windows_work/runtime" -Dmanagers "-Djreleaser.basedir=$built/jreleaser" \
  -pl packages -am package "$@"

# Each checksum in them is that of an archive, each archive that they name is there, and nothing was left to fill in.
cd "$built"
sha256sum tcptable-*.tar.gz tcptable-*.zip >"$scratch/sums"
formula=managers/prepare/tcptable/brew/Formula/tcptable.rb
scoop=managers/prepare/tcptable-windows/scoop/bucket/tcptable.json
winget=$(echo managers/prepare/tcptable-windows/winget/manifests/t/tcptable/tcptable/*/*.installer.yaml)
for file in install.sh devcontainer/tcptable/tcptable.sh docker/Dockerfile "$formula" "$scoop" "$winget"; do
  [ -s "$file" ] || fail "$file was not made"
  sums=$(grep -oE '\b[0-9a-f]{64}\b' "$file") || fail "$file has no checksum"
  for sum in $sums; do
    grep -q "^$sum " "$scratch/sums" || fail "$file has the checksum $sum, which is that of no archive"
  done
  grep -oE 'tcptable-[0-9][^/" $]*\.(zip|tar\.gz)' "$file" | while read -r name; do
    [ -e "$name" ] || fail "$file names $name, which was not made"
  done
  if grep -nE '@[a-z0-9.]+@' "$file"; then fail "$file was not filled in"; fi
  echo "verified: $file"
done
for file in "$scoop" devcontainer/tcptable/devcontainer-feature.json; do
  python3 -m json.tool "$file" >/dev/null || fail "$file is not JSON"
done
ruby -c "$formula" >/dev/null || fail "$formula is not Ruby"
# What they run is in the archive.
unzip -Z1 tcptable-*-windows-x64.zip >"$scratch/names"
command=$(sed -n 's/.*RelativeFilePath: //p' "$winget" | tr '\134' /)
grep -qx "$command" "$scratch/names" || fail "$winget runs $command, which is not in the archive"
command=$(python3 -c 'import json, sys
it = json.load(open(sys.argv[1])); print(it["extract_dir"] + "/" + it["env_add_path"] + "/tcptable.cmd")' "$scoop")
grep -qx "$command" "$scratch/names" || fail "$scoop runs $command, which is not in the archive"

# The program for aarch64 answers, in the emulation of a user's process: there, it reads /proc.
mkdir "$scratch/aarch64"
tar -xzf tcptable-*-linux-aarch64.tar.gz --strip-components=1 -C "$scratch/aarch64"
aarch64() {
  qemu-aarch64 -L "$root" "$scratch/aarch64/runtime/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -jar "$scratch/aarch64/lib/tcptable.jar" "$@"
}
aarch64 --version >"$scratch/version"
grep -E '^(tcptable|Java|binding)' "$scratch/version"
grep -q "aarch64$" "$scratch/version" || fail "the archive for aarch64 says: $(cat "$scratch/version")"
if grep "holds no library" "$scratch/version"; then fail "the archive for aarch64 has no native library for it"; fi
python3 -c 'import socket, time
s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True); time.sleep(300)' >"$scratch/port" &
server=$!
while ! [ -s "$scratch/port" ]; do sleep 0.1; done
aarch64 list "$(cat "$scratch/port")" >"$scratch/list" 2>"$scratch/errors" || cat "$scratch/errors" >&2
kill $server
grep "LISTEN.*($server)" "$scratch/list" || fail "the archive for aarch64 does not name the server $server: $(cat "$scratch/list")"

try_windows tcptable-*-windows-x64.zip "$top/native/target/windows/wine-reuseport.so"

du -h --apparent-size tcptable*.tar.gz tcptable*.zip tcptable*.rpm tcptable*.deb
