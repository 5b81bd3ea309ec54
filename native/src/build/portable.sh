# SPDX-License-Identifier: Apache-2.0
# portable.sh LIBRARY: says in one line what keeps a library from loading on each C library of its architecture: glibc
# from 2.17 on, which is of 2012, and musl, which takes libc.so.6 for itself. Nothing if it loads.
set -eu
LC_ALL=C
export LC_ALL

# Functions that both have.
common=" calloc close fcntl free getxattr memchr memcpy memset mmap munmap openat poll pthread_mutex_lock
 pthread_mutex_unlock read readlinkat recvfrom send setns setsockopt socket strlen strncpy syscall sysconf waitid
 __errno_location __stack_chk_fail "

readelf -dW --dyn-syms -V "$1" | awk -v common="$(echo "$common" | tr '\n' ' ')" '
  /\(NEEDED\)/ && !/\[libc\.so\.6\]/ { print "the library " $NF }
  /GLIBC_/ && /Name:/ {
    for (i = 1; i <= NF; i++) {
      if ($i ~ /^GLIBC_/) {
        split(substr($i, 7), part, ".")
        if (part[1] > 2 || part[2] > 17) { print $i }
      }
    }
  }
  # Where a weak one is missing, it is not called.
  $7 == "UND" && $5 != "WEAK" && NF > 7 {
    split($8, name, "@")
    if (index(common, " " name[1] " ") == 0) { print name[1] }
  }' | sort -u | tr '\n' ' ' | sed "s|\(.*\) |$1 does not load everywhere: it needs \1\n|"
