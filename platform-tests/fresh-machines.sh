#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fresh-machines.sh [RELEASE...] [-- COMMAND [ARGUMENT...]]
#
# Tries the commands of the README on machines that have nothing: for each Debian release (by default bookworm and
# trixie), a root file system with git and ca-certificates alone, and a clone of this commit in it. COMMAND (by default
# ./tcptable demo, then ./check) runs there twice: as root, and as a user with sudo, each on a machine of its own.
# Needs root and mmdebstrap. Of this machine it takes the name servers, the certificates that it trusts beside the usual
# ones, and the settings of Maven. FRESH_SUITES names a folder for the root file systems, to be used again.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
releases=""
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  releases="$releases $1"
  shift
done
[ $# -eq 0 ] || shift
command -v mmdebstrap >/dev/null || { echo "fresh-machines: needs mmdebstrap" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "fresh-machines: needs root" >&2; exit 2; }

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

# unpack RELEASE: a new machine with a clone of this commit in /home/someone/tcptable.
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
  git clone -q "$top" "$machine/home/someone/tcptable"
  if [ -e "${HOME:-/root}/.m2/settings.xml" ]; then
    mkdir -p "$machine/root/.m2" "$machine/home/someone/.m2"
    cp "${HOME:-/root}/.m2/settings.xml" "$machine/root/.m2/"
    cp "${HOME:-/root}/.m2/settings.xml" "$machine/home/someone/.m2/"
  fi
}

# enter COMMAND: runs a shell command there, as root, with mounts of its own.
enter() {
  unshare --mount --fork --kill-child sh -eu -c '
    mount --rbind --make-rslave /dev "$1/dev"
    mount --rbind --make-rslave /proc "$1/proc"
    mount --rbind --make-rslave /sys "$1/sys"
    mount -t tmpfs tmpfs "$1/tmp" && mount -t tmpfs tmpfs "$1/run"
    exec chroot "$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
      sh -c "$2"' - "$machine" "$1" </dev/null
}

# tried RELEASE WHO COMMAND
tried() {
  unpack "$1"
  if [ "$2" = root ]; then
    command="chown -R root:root /home/someone/tcptable && cd /home/someone/tcptable && $3"
  else
    enter "apt-get update -qq && apt-get install -y -qq --no-install-recommends sudo >/dev/null 2>&1 &&
      echo 'someone ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/someone && chown -R someone:someone /home/someone"
    command="exec su - someone -c 'cd tcptable && $3'"
  fi
  echo "== $1, $2: $3"
  code=0
  enter "$command" || code=$?
  echo "== $1, $2: $3: exit code $code"
  [ $code -eq 0 ] || failed=1
  leave
}

failed=0
for release in ${releases:-bookworm trixie}; do
  suite "$release"
  for who in root someone; do
    if [ $# -gt 0 ]; then
      tried "$release" $who "$*"
    else
      tried "$release" $who "./tcptable demo && ./check"
    fi
  done
done
exit $failed
