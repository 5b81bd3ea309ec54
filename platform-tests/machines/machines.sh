#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# machines.sh [MACHINE...]
#
# Boots machines in qemu, tries the archive with a Java of packages/target there (self-test.sh), and prints a table of what
# came out. A machine is named by a Debian suite, whose kernel it runs, with systemd as its first process: trixie, and
# trixie-arm64 for that architecture. minimal has a shell as its first process, and little else. Needs root, mmdebstrap, cpio,
# depmod and qemu-system of the architecture; no KVM: without it, a machine takes some minutes.
# MACHINES names a folder for what is downloaded, to be used again. docs/MACHINES.md has the table.
set -eu
here=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)
top=${here%/*/*}
# shellcheck source=platform-tests/machines/table.sh
. "$here/table.sh"
# Longer than a machine has ever taken here without KVM, beside other work.
timeout=${MACHINE_TIMEOUT:-2700}

fail() { echo "machines.sh: $1" >&2; exit 2; }

[ "$(id -u)" -eq 0 ] || fail "needs root"
for program in mmdebstrap cpio depmod; do
  command -v $program >/dev/null || fail "needs $program"
done
[ $# -gt 0 ] || set -- bullseye bookworm trixie sid trixie-arm64 minimal

scratch=$(mktemp -d)
downloads=${MACHINES:-$scratch}
root=$scratch/root
trap 'rm -rf --one-file-system "$scratch"' EXIT
trap 'exit 130' INT TERM

# machine NAME: what it is made of.
machine() {
  # With -cpu max, Java does not get anywhere on x86_64.
  architecture=amd64 cpu=x86_64 qemu="qemu-system-x86_64 -machine pc -cpu Westmere" console=ttyS0 platform=linux-x64
  suite=${1%-arm64} init=/sbin/init
  case $1 in
    minimal) suite=trixie init=/opt/init.sh ;;
    *-arm64) architecture=arm64 cpu=aarch64 qemu="qemu-system-aarch64 -machine virt -cpu cortex-a72" console=ttyAMA0 platform=linux-aarch64 ;;
  esac
  command -v "${qemu%% *}" >/dev/null || fail "needs ${qemu%% *}"
  archive=$(ls "$top"/packages/target/tcptable-*-$platform.tar.gz 2>/dev/null) ||
    fail "needs packages/target/tcptable-VERSION-$platform.tar.gz; docs/PACKAGES.md says how to make it"
}

# download ARCHITECTURE: the root file system of the suite with a kernel, packed.
download() {
  packages=systemd-sysv,iproute2,kmod,busybox,linux-image-cloud-$1
  # Podman has systemd make the groups of its containers, by D-Bus. An older Debian has no netavark.
  [ "$suite" = bullseye ] || packages=$packages,podman,crun,dbus,netavark,iptables,nftables
  # What was kept is for the same packages.
  files=$downloads/$suite-$1-$(echo "$packages" | cksum | cut -d' ' -f1).tar
  [ ! -e "$files" ] || return 0
  # Of another architecture it is unpacked and not installed, as nothing of it runs here.
  set -- "--architectures=$1" "--include=$packages"
  case $files in
    *-amd64-*) set -- "$@" --variant=minbase ;;
    *) set -- "$@" --variant=extract '--include=?essential' '--include=?priority(required)' ;;
  esac
  mkdir -p "$downloads"
  # The suite alone, from where this machine has its own: an old one has no updates any more. A copy of the archive may be
  # older than its own date says.
  # shellcheck disable=SC2016 # of apt-get
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' | sed -n 's/ [a-z]*$//p' | head -n 1)
  mmdebstrap --quiet "$@" --aptopt='Acquire::Check-Valid-Until "false"' \
    "$suite" "$files.part.tar" "deb ${mirror:-$(fail "apt-get knows no mirror of Debian")} $suite main"
  mv "$files.part.tar" "$files"
}

# unpack NAME: the files of the machine, without tcptable.
unpack() {
  mkdir "$root"
  download amd64
  case $1 in
    minimal)
      # A C library, busybox with cksum, and what the self-test needs: perl for its servers, ss to compare with.
      tar -xf "$files" -C "$root" ./bin ./sbin ./lib ./lib64 ./boot ./etc/passwd ./etc/group ./usr/lib64 \
        ./usr/lib/x86_64-linux-gnu ./usr/lib/modules ./usr/bin/busybox ./usr/bin/cksum ./usr/bin/perl ./usr/bin/ss ./usr/bin/kmod ./usr/sbin/modprobe
      mkdir "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/run" "$root/root"
      chroot "$root" /usr/bin/busybox --install -s /usr/bin 2>/dev/null || true
      ;;
    *-arm64)
      # What its packages have not set up is taken from their twins.
      tar -xf "$files" -C "$root" ./etc
      download arm64
      tar -xf "$files" -C "$root" --exclude=./etc
      depmod -b "$root" "$(basename "$root"/usr/lib/modules/*)"
      ;;
    *) tar -xf "$files" -C "$root" ;;
  esac
}

# build NAME: a kernel, and all files of the machine as its initial file system.
build() {
  unpack "$1"
  cp "$root"/boot/vmlinuz-* "$scratch/kernel"
  rm -rf "${root:?}"/boot "$root"/usr/share/doc "$root"/usr/share/locale "$root"/usr/share/man
  mkdir -p "$root/opt/tcptable"
  tar -xzf "$archive" --strip-components=1 -C "$root/opt/tcptable"
  cp "$here"/*.sh "$here"/server.pl "$root/opt/"
  units=$root/etc/systemd/system
  mkdir -p "$units/multi-user.target.wants" "$units/guarded.service.d"
  cp "$here"/units/*.service "$here"/units/*.socket "$units/"
  cp "$here"/units/guarded.conf "$units/guarded.service.d/"
  # The unit that the documentation shows.
  # shellcheck disable=SC2016 # a fence of Markdown
  sed -n '/^```ini$/,/^```$/{/^```/!p}' "$top/docs/GUARD.md" >"$units/guarded.service"
  ln -s ../self-test.service "$units/multi-user.target.wants/"
  # Its first start makes an archive of classes: here, as that takes minutes there.
  if [ $architecture = "$(dpkg --print-architecture)" ]; then
    # shellcheck disable=SC2016 # expanded by the shell that it is given to
    unshare --mount sh -euc 'mount --bind "$1" "$1"; mount -t proc proc "$1/proc"; mount --rbind /dev "$1/dev"; chroot "$1" /opt/tcptable/bin/tcptable --version >&2' \
      sh "$root"
  fi
  (cd "$root" && find . -xdev | cpio --quiet -o -H newc) >"$scratch/files"
  rm -rf --one-file-system "$root"
}

# boot: until it turns itself off; what it says is in the log, without a login, which would close it to all others.
boot() {
  # shellcheck disable=SC2086 # a list of words on purpose
  timeout "$timeout" $qemu -smp 2 -m 3072 -nographic -no-reboot -net none -kernel "$scratch/kernel" -initrd "$scratch/files" \
    -append "rdinit=$init console=$console quiet mitigations=off systemd.show_status=0 systemd.mask=serial-getty@$console.service" \
    </dev/null >"$scratch/log" 2>&1 || true
}

# shellcheck disable=SC2034 # of the table
columns="kernel jni ffm java proc bpf ss story watch first unit restart cgroup socket ready guard watchdog stop podman"
failed=0
head_line machine architecture seconds
for name in "$@"; do
  machine "$name"
  build "$name"
  started=$(date +%s)
  boot
  row "$scratch/log" "$name" "$cpu" $(($(date +%s) - started))
  is_whole "$scratch/log" || { failed=1 && tail -n 200 "$scratch/log" >&2; }
  [ -z "${MACHINE_LOGS:-}" ] || cp "$scratch/log" "$MACHINE_LOGS/$name.log"
done
exit $failed
