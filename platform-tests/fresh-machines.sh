#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fresh-machines.sh [RELEASE...] [-- COMMAND [ARGUMENT...]]
#
# Tries the commands of the README on machines that have nothing: for each Debian release (by default bookworm and
# trixie), a root file system with git and ca-certificates alone, and a clone of this commit in it. COMMAND (by default
# ./tcptable demo, then ./check) runs there twice: as root, and as a user with sudo, each on a machine of its own.
# Needs root and mmdebstrap. Of this machine it takes the name servers, the certificates that it trusts beside the usual
# ones, and the settings of Maven. FRESH_SUITES names a folder for the root file systems, to be used again, and
# FRESH_USERS one of root and someone, if only that one is to try them.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
releases=""
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  releases="$releases $1"
  shift
done
[ $# -eq 0 ] || shift
. "$top/platform-tests/bare.sh"

# clone: of this commit, in /home/someone/tcptable of the machine, and the settings of Maven.
clone() {
  git clone -q "$top" "$machine/home/someone/tcptable"
  if [ -e "${HOME:-/root}/.m2/settings.xml" ]; then
    mkdir -p "$machine/root/.m2" "$machine/home/someone/.m2"
    cp "${HOME:-/root}/.m2/settings.xml" "$machine/root/.m2/"
    cp "${HOME:-/root}/.m2/settings.xml" "$machine/home/someone/.m2/"
  fi
}

# tried RELEASE WHO COMMAND
tried() {
  unpack "$1"
  clone
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
  for who in ${FRESH_USERS:-root someone}; do
    if [ $# -gt 0 ]; then
      tried "$release" $who "$*"
    else
      tried "$release" $who "./tcptable demo && ./check"
    fi
  done
done
exit $failed
