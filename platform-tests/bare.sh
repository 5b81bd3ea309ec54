# SPDX-License-Identifier: Apache-2.0
# Machines that have nothing: root file systems of Debian releases, each with git and ca-certificates alone. To be
# sourced by a script that needs root and mmdebstrap. Of this machine it takes the name servers, and the certificates
# that it trusts beside the usual ones. FRESH_SUITES names a folder for the root file systems, to be used again.

command -v mmdebstrap >/dev/null || { echo "${0##*/}: needs mmdebstrap" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "${0##*/}: needs root" >&2; exit 2; }

scratch=$(mktemp -d)
suites=${FRESH_SUITES:-$scratch}
machine=
# Nothing of the machine may be mounted any more when its files are removed.
leave() {
  [ -z "$machine" ] || rm -rf --one-file-system "$machine"
  machine=
}
trap 'leave; rm -rf --one-file-system "$scratch"' EXIT
trap 'exit 130' INT TERM

# suite RELEASE: its root file system, packed.
suite() {
  mkdir -p "$suites"
  [ -e "$suites/$1.tar" ] || {
    mmdebstrap --quiet --variant=apt --include=git,ca-certificates "$1" "$suites/$1.part.tar"
    mv "$suites/$1.part.tar" "$suites/$1.tar"
  }
}

# unpack RELEASE: a new machine, with a user called someone.
unpack() {
  machine=$scratch/machine
  mkdir "$machine"
  tar -xf "$suites/$1.tar" -C "$machine"
  cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
  cp -rL /usr/local/share/ca-certificates/. "$machine/usr/local/share/ca-certificates/"
  enter "update-ca-certificates >/dev/null 2>&1"
  # By hand: so bare a machine need not have useradd.
  echo "someone:x:1000:1000::/home/someone:/bin/sh" >>"$machine/etc/passwd"
  echo "someone:x:1000:" >>"$machine/etc/group"
  echo "someone:*:20000:0:99999:7:::" >>"$machine/etc/shadow"
  mkdir -p "$machine/home/someone"
}

# enter COMMAND: runs a shell command there, as root, with mounts of its own.
enter() {
  inside "" "$1"
}

# enter_alone COMMAND: the same in a network of its own, which reaches nobody; no process is left.
enter_alone() {
  inside "--net --pid" "$1"
}

# inside NAMESPACES COMMAND: its root is changed by pivot_root(2), since after a chroot(2) the kernel makes no namespaces
# of users. So bare a machine has perl, but no umount.
inside() {
  # shellcheck disable=SC2016,SC2086 # for the shell that is started; a list of words
  unshare --mount --fork --kill-child $1 sh -eu -c '
    # A mount of its own, as the root of a machine is.
    mount --bind "$1" "$1"
    mount --rbind --make-rslave /dev "$1/dev"
    mount --rbind --make-rslave /sys "$1/sys"
    if [ -z "$3" ]; then
      mount --rbind --make-rslave /proc "$1/proc"
    else
      mount -t proc proc "$1/proc"
      ip link set lo up
    fi
    mount -t tmpfs tmpfs "$1/tmp" && mount -t tmpfs tmpfs "$1/run"
    case $(uname -m) in
      x86_64) umount2=166 ;;
      *) umount2=39 ;;
    esac
    detach=2
    cd "$1"
    pivot_root . mnt
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
      perl -e "\$old = q(/mnt); syscall($umount2, \$old, $detach) == 0 or die \$!; chdir q(/); exec @ARGV" \
      sh -c "$2"' - \
    "$machine" "$2" "$1" </dev/null
}
