#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the sockets of COUNT network namespaces cost, with 5 listeners each: namespaces.sh COUNT, as
# root, from the top directory, after a build. All of it is in a mount and network namespace of its own.
set -e
count=${1:-200}
if [ -z "$TCPTABLE_NAMESPACES" ]; then
  TCPTABLE_NAMESPACES=1 exec unshare --net --mount "$0" "$count"
fi
mount -t tmpfs tmpfs /run/netns
fifo=$(mktemp -u)
mkfifo "$fifo"
ready=$(mktemp)
python3 benchmarks/namespaces/namespaces.py "$count" 5 <"$fifo" >"$ready" &
exec 3>"$fifo"
rm "$fifo"
while [ "$(wc -c <"$ready")" -lt "$count" ]; do sleep 0.1; done
rm "$ready"

java=${JAVA:-java}
jar=$(echo java-api/program/target/tcptable-program-*-all.jar)
millis() { # NAME COMMAND...: the least of three runs
  name=$1
  shift
  least=
  for run in 1 2 3; do
    begin=$(date +%s%N)
    "$@" >/dev/null
    took=$((($(date +%s%N) - begin) / 1000000))
    if [ -z "$least" ] || [ "$took" -lt "$least" ]; then least=$took; fi
  done
  echo "$name: $least ms"
}
by_ip() { for n in /run/netns/*; do ip netns exec "${n##*/}" ss -tanH; done; }
by_ip_with_owners() { for n in /run/netns/*; do ip netns exec "${n##*/}" ss -tanpH; done; }
by_nsenter() { for n in /run/netns/*; do nsenter --net="$n" ss -tanH; done; }

"$java" --enable-native-access=ALL-UNNAMED -cp "$jar" benchmarks/namespaces/NamespacesCost.java
millis "tcptable list --all-namespaces --no-owners" "$java" -jar "$jar" list --all-namespaces --no-owners
millis "tcptable list --all-namespaces" "$java" -jar "$jar" list --all-namespaces
millis "nsenter ss, $count times" by_nsenter
millis "ip netns exec ss, $count times" by_ip
millis "ip netns exec ss -p, $count times" by_ip_with_owners
