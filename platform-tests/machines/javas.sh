#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# javas.sh [VERSION...]
#
# Tries the archive without a Java (self-test.sh) on each Java of Debian sid, by default on all from 17 to its newest early
# build, and prints a table of what came out: on this kernel, in namespaces of its own. Needs root, mmdebstrap and
# packages/target/tcptable-VERSION.tar.gz. MACHINES names a folder for what is downloaded, to be used again.
set -eu
here=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)
top=${here%/*/*}
# shellcheck source=platform-tests/machines/table.sh
. "$here/table.sh"
[ $# -gt 0 ] || set -- 17 21 25 26 27 28
scratch=$(mktemp -d)
root=${MACHINES:-$scratch}/sid-javas
trap 'rm -rf --one-file-system "$scratch"' EXIT
trap 'exit 130' INT TERM

[ "$(id -u)" -eq 0 ] || { echo "javas.sh: needs root" >&2; exit 2; }
archive=$(find "$top/packages/target" -maxdepth 1 -name 'tcptable-*.tar.gz' ! -name '*-linux-*' 2>/dev/null | grep .) ||
  { echo "javas.sh: needs packages/target/tcptable-VERSION.tar.gz; docs/PACKAGES.md says how to make it" >&2; exit 2; }

# Unpacked and not installed: that is enough for a Java.
if ! [ -d "$root" ]; then
  mkdir -p "${root%/*}"
  # A copy of the archive may be older than its own date says.
  mmdebstrap --quiet --variant=extract --aptopt='Acquire::Check-Valid-Until "false"' \
    --include="iproute2,busybox,mount$(printf ',openjdk-%s-jre-headless' "$@")" '--include=?essential' sid "$root.part"
  mv "$root.part" "$root"
fi

machine=$scratch/machine
cp -a "$root" "$machine"
mkdir -p "$machine/opt/tcptable" "$machine/root"
tar -xzf "$archive" --strip-components=1 -C "$machine/opt/tcptable"
cp "$here"/*.sh "$here/server.pl" "$machine/opt/"
echo "root:x:0:0::/root:/bin/sh" >"$machine/etc/passwd"

# shellcheck disable=SC2034 # of the table
columns="jni ffm java proc bpf ss story watch first"
failed=0
head_line Java version
for version in "$@"; do
  java=/usr/lib/jvm/java-$version-openjdk-$(dpkg --print-architecture)
  # shellcheck disable=SC2016 # expanded by the shells that it is given to
  TCPTABLE_JAVA=$java/bin/java unshare --net --pid --fork --mount sh -euc 'ip link set lo up
    mount --bind "$1" "$1"; mount -t proc proc "$1/proc"; mount -t sysfs sys "$1/sys"; mount --rbind /dev "$1/dev"; mount -t tmpfs tmp "$1/tmp"
    chroot "$1" /bin/sh /opt/self-test.sh' sh "$machine" >"$scratch/log" 2>&1 || true
  row "$scratch/log" "$version" "$(sed -n 's/^Java \([^,]*\),.*/\1/p' "$scratch/log" | tail -n 1)"
  is_whole "$scratch/log" || { failed=1 && tail -n 100 "$scratch/log" >&2; }
done
exit $failed
