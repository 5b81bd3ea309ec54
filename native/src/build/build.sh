# SPDX-License-Identifier: Apache-2.0
# build.sh TARGET JAVA_HOME [PLATFORM...]: builds the library for this machine and for each PLATFORM, such as
# linux-aarch64 or windows-x86_64, into TARGET/classes. What it leaves out it says in one line on standard output, and
# succeeds. The same sources give the same bytes, in whatever folder they are.
set -eu
target=$1
java_home=$2
shift 2
classes=$target/classes/META-INF/native
rm -rf "$target/windows" "$target/bpf-skeletons" "$classes"/*-*

# This machine by the name that its compiler has for it.
own=$(gcc -dumpmachine 2>/dev/null) || own=$(uname -m)
own=linux-${own%%-*}
for platform in "$own" "$@"; do
  [ "$platform" != "$own" ] || [ -z "${done:-}" ] || continue
  done=$own
  case $platform in
    linux-*) sh src/build/linux.sh "${platform#*-}" "$classes/$platform" "$target/bpf-skeletons" "$java_home" ;;
    windows-*) sh src/build/windows.sh "${platform#*-}" "$classes/$platform" "$target/windows" "$java_home" ;;
    *) echo "No library is built for $platform: it is not linux-ARCHITECTURE or windows-ARCHITECTURE." ;;
  esac
done
