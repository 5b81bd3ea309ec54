#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs tcptable @version@ for this user: sh install.sh. Removes it: sh install.sh --uninstall. Needs no root.
#
# It puts the program into ~/.local/share/tcptable and a link to it into ~/.local/bin, and touches nothing else. With
# TCPTABLE_PREFIX=/usr/local, it is lib/tcptable and bin there, for all users. The archive is read from TCPTABLE_FROM
# (a URL or file://FOLDER), and has to have the checksum that is written here.
set -eu

from=${TCPTABLE_FROM:-@home@/releases/download/v@version@}
if [ -n "${TCPTABLE_PREFIX:-}" ]; then
  home=$TCPTABLE_PREFIX/lib/tcptable link=$TCPTABLE_PREFIX/bin/tcptable
else
  home=${XDG_DATA_HOME:-$HOME/.local/share}/tcptable link=$HOME/.local/bin/tcptable
fi

fail() { echo "install.sh: $1" >&2; exit 1; }

# What somebody else has put there stays.
[ ! -e "$home" ] || [ -x "$home/bin/tcptable" ] || fail "$home is not tcptable; move it away"
[ ! -e "$link" ] || [ "$(readlink "$link")" = "$home/bin/tcptable" ] || fail "$link is not tcptable; move it away"

if [ "${1:-}" = --uninstall ]; then
  rm -f "$link"
  rm -rf "$home" "${XDG_CACHE_HOME:-$HOME/.cache}/tcptable"
  [ "$(id -u)" -ne 0 ] || rm -rf /var/cache/tcptable
  echo "tcptable is removed"
  exit
fi

# Without a Java, the archive that brings one, if it is for this machine and its C library.
archive=tcptable-@version@.tar.gz sum=@sum@
case $(uname -sm) in
  "Linux x86_64") platform=linux-x64 sum_with_java=@sum.x64@ ;;
  "Linux aarch64") platform=linux-aarch64 sum_with_java=@sum.aarch64@ ;;
  *) sum_with_java=none ;;
esac
if ! command -v java >/dev/null && [ $sum_with_java != none ] && ! ls /lib/ld-musl-* >/dev/null 2>&1; then
  archive=tcptable-@version@-$platform.tar.gz sum=$sum_with_java
fi

command -v curl >/dev/null || fail "needs curl"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -fsSL -o "$work/$archive" "$from/$archive" || fail "could not read $from/$archive"
echo "$sum  $work/$archive" | sha256sum -c --status || fail "$archive does not have the checksum $sum; nothing was installed"
mkdir "$work/it" && tar -xzf "$work/$archive" --strip-components=1 -C "$work/it"
mkdir -p "${home%/*}" "${link%/*}" && rm -rf "$home" && mv "$work/it" "$home" && ln -sf "$home/bin/tcptable" "$link"
echo "tcptable @version@ is installed: $link"
# It also makes what later starts need to be quick.
"$link" --version >/dev/null || fail "it does not start here, as said above; sh install.sh --uninstall removes it"
case :$PATH: in *":${link%/*}:"*) ;; *) echo "Add ${link%/*} to PATH to run it as: tcptable" ;; esac
