# SPDX-License-Identifier: Apache-2.0
# linux.sh ARCHITECTURE OUTPUT SKELETONS JAVA_HOME: builds OUTPUT/libtcptable.so, one file for glibc and musl. What it
# leaves out it says in one line, and succeeds.
set -eu
architecture=$1
output=$2
skeletons=$3
java_home=$4

for compiler in gcc "$architecture-linux-gnu-gcc" ''; do
  case $("$compiler" -dumpmachine 2>/dev/null) in "$architecture"-*linux*) break ;; esac
done
if [ -z "$compiler" ]; then
  echo "No gcc for $architecture ($architecture-linux-gnu-gcc): built without the library for linux-$architecture."
  exit 0
fi
if ! echo '#include <sys/syscall.h>' | "$compiler" -E -x c - >/dev/null 2>&1; then
  echo "No <sys/syscall.h> for $compiler: built without the library for linux-$architecture."
  exit 0
fi

# The baseline of each architecture, not the default of this compiler. On other architectures than x86_64, the guard of
# the stack is a symbol of glibc's loader, which musl does not have.
case $architecture in
  x86_64) least="-march=x86-64 -fstack-protector-strong" ;;
  aarch64) least="-march=armv8-a -fno-stack-protector" ;;
  *) least=-fno-stack-protector ;;
esac
case $architecture in
  s390* | powerpc | powerpc64) order=bpfeb ;;
  *) order=bpfel ;;
esac

mkdir -p "$output" "$skeletons"
# The same for all architectures of one byte order.
if [ "$(cat "$skeletons/order" 2>/dev/null)" != $order ]; then
  for program in socket_owners state_changes; do
    sh src/build/bpf-skeleton.sh "src/main/c/linux/bpf/$program.bpf.c" "$skeletons/$program.skel.h" $order
  done
  echo $order >"$skeletons/order"
fi
# FORTIFY would call functions that only glibc has. The skeleton is made by bpftool, so not held to our own warnings;
# the JNI header is the same in all JDKs.
# shellcheck disable=SC2086 # a list of options on purpose
"$compiler" -std=c11 -O2 -fPIC -fvisibility=hidden $least -U_FORTIFY_SOURCE \
  -Wall -Wextra -Wconversion -Wshadow -Werror -ffile-prefix-map="$PWD"=. \
  -isystem "$skeletons" -isystem "$java_home/include" -isystem "$java_home/include/linux" \
  -shared -s -Wl,-z,defs -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,--build-id=none \
  -o "$output/libtcptable.so" src/main/c/*.c src/main/c/linux/*.c
sh src/build/portable.sh "$output/libtcptable.so"
