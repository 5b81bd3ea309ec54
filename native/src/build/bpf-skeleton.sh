# SPDX-License-Identifier: Apache-2.0
# bpf-skeleton.sh SOURCE HEADER TARGET: compiles an eBPF program for bpfel or bpfeb, the byte order of the machine that
# it is for, and packs it into a C header, a light skeleton. Where a tool is missing, says so in one line and succeeds.
set -eu
PATH=$PATH:/usr/sbin:/sbin

program=${1##*/}
rm -f "$2"
without() {
  echo "No $1: built without the eBPF program $program; tcptable does without it."
  exit 0
}
for tool in clang bpftool; do
  command -v $tool >/dev/null || without $tool
done
echo '#include <bpf/skel_internal.h>' | clang -E -x c - >/dev/null 2>&1 || without "<bpf/skel_internal.h> (libbpf-dev)"

object=${2%.skel.h}.bpf.o
clang -target "$3" -O2 -g -Wall -Wextra -Wconversion -Werror -ffile-prefix-map="$PWD"=. -c "$1" -o "$object"
bpftool gen skeleton -L "$object" >"$2"
