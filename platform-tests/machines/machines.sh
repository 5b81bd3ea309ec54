#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# machines.sh [SUITE...]
#
# Boots a machine of each Debian suite (by default bookworm and trixie) in qemu, with the kernel of that suite and systemd as
# its first process, tries the archive with a Java of packages/target there (self-test.sh), and prints a table of what
# came out. Needs root, mmdebstrap, qemu-system-x86_64 and mke2fs; no KVM: without it, a machine takes some minutes.
# MACHINES names a folder for what is downloaded, to be used again. docs/MACHINES.md has the table.
set -eu
here=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)
# Longer than a machine has ever taken here without KVM, beside other work.
timeout=${MACHINE_TIMEOUT:-1500}
for program in mmdebstrap qemu-system-x86_64 mke2fs; do
  command -v $program >/dev/null || { echo "machines.sh: needs $program" >&2; exit 2; }
done
[ "$(id -u)" -eq 0 ] || { echo "machines.sh: needs root" >&2; exit 2; }
archive=$(ls "$here"/../../packages/target/tcptable-*-linux-x64.tar.gz 2>/dev/null) ||
  { echo "machines.sh: needs packages/target/tcptable-VERSION-linux-x64.tar.gz; docs/PACKAGES.md says how to make it" >&2; exit 2; }

scratch=$(mktemp -d)
suites=${MACHINES:-$scratch}
trap 'rm -rf --one-file-system "$scratch"' EXIT
trap 'exit 130' INT TERM

# suite SUITE: its root file system with a kernel, packed.
suite() {
  mkdir -p "$suites"
  [ -e "$suites/$1-amd64.tar" ] || {
    mmdebstrap --quiet --variant=minbase --include=systemd-sysv,iproute2,kmod,linux-image-cloud-amd64 \
      "$1" "$suites/$1.part.tar"
    mv "$suites/$1.part.tar" "$suites/$1-amd64.tar"
  }
}

# build SUITE: a disk, a kernel and its first files.
build() {
  root=$scratch/root
  mkdir "$root"
  tar -xf "$suites/$1-amd64.tar" -C "$root"
  cp "$root"/boot/vmlinuz-* "$scratch/kernel"
  cp "$root"/boot/initrd.img-* "$scratch/initrd"
  mkdir "$root/opt/tcptable"
  tar -xzf "$archive" --strip-components=1 -C "$root/opt/tcptable"
  cp "$here"/self-test.sh "$here"/server.pl "$root/opt/"
  cp "$here"/*.service "$root/etc/systemd/system/"
  mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
  ln -s ../self-test.service "$root/etc/systemd/system/multi-user.target.wants/"
  # Its first start makes an archive of classes: here, as that takes many minutes there.
  unshare --mount sh -euc 'mount --bind "$1" "$1"; mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; chroot "$1" /opt/tcptable/bin/tcptable --version >&2' \
    sh "$root"
  mke2fs -q -t ext4 -d "$root" "$scratch/disk" 2G >/dev/null
  rm -rf --one-file-system "$root"
}

# boot: until it turns itself off; what it says is in the log, without a login, which would close it to all others.
boot() {
  timeout "$timeout" qemu-system-x86_64 -machine pc -cpu Westmere -smp 2 -m 2048 -nographic -no-reboot -net none \
    -kernel "$scratch/kernel" -initrd "$scratch/initrd" -drive "file=$scratch/disk,if=virtio,format=raw" \
    -append "root=/dev/vda rw console=ttyS0 quiet mitigations=off systemd.mask=serial-getty@ttyS0.service" </dev/null >"$scratch/log" 2>&1 || true
  tr -d '\r' <"$scratch/log" | sed -n 's/.*self-test: //p' >"$scratch/results"
}

# of NAME: the result of one test.
of() {
  sed -n "s/^$1: //p" "$scratch/results" | grep . || echo "-"
}

columns="kernel jni ffm java proc bpf ss unit restart cgroup story"
failed=0
[ $# -gt 0 ] || set -- bookworm trixie
echo "| suite | architecture | $(echo "$columns" | sed 's/ / | /g') |"
echo "|---|---|$(echo "$columns" | sed 's/[a-z0-9]* */---|/g')"
for name in "$@"; do
  suite "$name"
  build "$name"
  boot
  row=
  for column in $columns; do row="$row $(of "$column") |"; done
  echo "| $name | x86_64 |$row"
  if ! grep -qx "done: yes" "$scratch/results" || grep -q ": FAILED" "$scratch/results"; then
    failed=1
    tail -n 100 "$scratch/log" >&2
  fi
  rm -f "$scratch/disk"
done
exit $failed
