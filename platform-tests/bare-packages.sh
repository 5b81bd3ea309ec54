#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bare-packages.sh [RELEASE...]
#
# Tries the packages in packages/target on machines that have nothing (by default Debian bookworm and trixie): installs
# the Debian package with the Java that it recommends, uses the program as root and as a user, removes it, and looks for
# what is left; then the RPM likewise, by dnf; then uses each archive, on a machine without a Java the one that brings
# its own. Needs root and mmdebstrap; see bare.sh.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/platform-tests/bare.sh"

deb=$(ls "$top"/packages/target/tcptable_*.deb)
rpm=$(ls "$top"/packages/target/tcptable-*.rpm)
# Those with a Java last: on a machine without one; and none for another processor.
case $(uname -m) in x86_64) other=aarch64 ;; *) other=x64 ;; esac
archives=$(ls -r "$top"/packages/target/tcptable-*.tar.gz | grep -v -e "-linux-$other[.]")

# What is done there, with a server that does not answer: perl is on every Debian.
# shellcheck disable=SC2016 # for the shell of that machine
used='
perl -MIO::Socket::INET -e "\$s = IO::Socket::INET->new(Listen => 5, LocalAddr => q(127.0.0.1:3001)) or die; sleep 600" &
server=$!
sleep 1
$tcptable --version
$tcptable list 3001 | grep "LISTEN.*perl($server)"
code=0; $tcptable 3001 --deadline 2s || code=$?
[ $code -eq 11 ]
su - someone -c "$tcptable list 3001" | grep LISTEN
su - someone -c "ls .cache/tcptable"
$tcptable free 3001 --yes
! kill -0 $server 2>/dev/null
bash -n $share/bash-completion/completions/tcptable
'

# Nothing is left but the homes.
# shellcheck disable=SC2016 # for the shell of that machine
left='! find / -xdev -name "*tcptable*" ! -path "/root/*" ! -path "/home/*" ! -path "/var/log/*" | grep .'

# A repository of the RPM and, as packages without files, of what this Debian has for it: a shell, and a Java that is
# new enough. And of one that is too old, which must not be taken for it.
# shellcheck disable=SC2016 # for the shell of that machine
repository='
apt-get install -y -qq --no-install-recommends rpm dnf createrepo-c >/dev/null 2>&1
mkdir /root/repository
cp /root/tcptable.rpm /root/repository
provide() {
  printf "%s\n" "Name: $1" "Version: 1" "Release: 1" "Summary: of Debian" "License: none" "BuildArch: noarch" \
    "Provides: $2" %description "of Debian" %files >/root/of-debian.spec
  rpmbuild --quiet -bb --define "_rpmdir /root/repository" /root/of-debian.spec
}
provide java-8-of-debian "java-headless = 1:1.8.0"
provide java-of-debian "java-headless = 1:17"
provide sh-of-debian /bin/sh
createrepo_c --quiet /root/repository
dnf="dnf --quiet --assumeyes --releasever=1 --nogpgcheck --repofrompath=here,/root/repository"
'

[ $# -gt 0 ] || set -- bookworm trixie
for release in "$@"; do
  suite "$release"
  unpack "$release"
  chown -R 1000:1000 "$machine/home/someone"
  cp "$deb" "$machine/root/tcptable.deb"
  echo "== $release: the Debian package"
  enter "set -eu
    apt-get update -qq
    apt-get install -y -qq /root/tcptable.deb >/dev/null 2>&1
    ! command -v mvn && ! command -v gcc"
  enter_alone "set -eu; tcptable=tcptable share=/usr/share; $used"
  enter "set -eu
    apt-get purge -y -qq tcptable >/dev/null 2>&1
    $left"
  echo "== $release: the RPM"
  cp "$rpm" "$machine/root/tcptable.rpm"
  enter "set -eu; $repository
    \$dnf install tcptable
    rpm --verify tcptable
    [ \"\$(rpm -qa --qf '%{NAME}\n' | sort | tr '\n' ' ')\" = 'java-of-debian sh-of-debian tcptable ' ]"
  enter_alone "set -eu; tcptable=tcptable share=/usr/share; $used"
  enter "set -eu
    dnf --quiet --assumeyes remove tcptable
    $left"
  for archive in $archives; do
    echo "== $release: ${archive##*/}"
    cp "$archive" "$machine/root/tcptable.tar.gz"
    case $archive in *-linux-*.tar.gz) enter "apt-get purge -y -qq 'openjdk-*' >/dev/null 2>&1; ! command -v java" ;; esac
    enter_alone "set -eu
      rm -rf /opt/it && mkdir /opt/it && tar -xzf /root/tcptable.tar.gz -C /opt/it
      tcptable=\$(echo /opt/it/tcptable-*)/bin/tcptable share=\$(echo /opt/it/tcptable-*)/share
      $used"
  done
  leave
done
echo "bare-packages: all there"
