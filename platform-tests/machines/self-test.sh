#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tries tcptable on the machine that this runs on, as root; each result is one line "self-test: NAME: WORD".
set -u
export PATH="/opt/tcptable/bin:$PATH" HOME=/root LC_ALL=C.UTF-8

say() {
  echo "self-test: $1"
}

# holds NAME COMMAND...: its result by the command's exit code. It may set a better word than ok.
holds() {
  name=$1 word=ok
  shift
  if "$@" >/tmp/out 2>&1; then say "$name: $word"; else say "$name: FAILED"; cat /tmp/out; fi
  say "after $(cut -d. -f1 /proc/uptime) s"
}

# ends CODE WORDS COMMAND...: whether it ends with that exit code, and has said so.
ends() {
  wanted=$1 words=$2 got=0
  shift 2
  "$@" >/tmp/said 2>&1 || got=$?
  cat /tmp/said
  [ $got -eq "$wanted" ] && grep -q "$words" /tmp/said
}

# within SECONDS COMMAND...: whether it succeeds by then.
within() {
  until_then=$(($(cut -d. -f1 /proc/uptime) + $1))
  shift
  until "$@"; do
    [ "$(cut -d. -f1 /proc/uptime)" -lt $until_then ] || return 1
    sleep 1
  done
}

# listener PORT: the PID of who listens there, by ss.
listener() {
  ss -H -tlnp "sport = :$1" | sed -n 's/.*pid=\([0-9]*\),.*/\1/p'
}

listens() {
  [ -n "$(listener "$1")" ]
}

# alone COMMAND...: started in no service but its own group, if there are services.
alone() {
  if [ -d /run/systemd/system ]; then set -- systemd-run --quiet --scope "$@"; fi
  "$@" &
}

# owner [OPTION...]: whether the server is found, with its owner.
owner() {
  tcptable list 3001 --listen "$@" | grep "LISTEN.*127\.0\.0\.1:3001 .*perl($(listener 3001))"
}

# owner_by SOURCE: the same, with owners from one source only.
owner_by() {
  JDK_JAVA_OPTIONS=-Dtcptable.owners=$1 owner --binding jni
}

# Every listener by address and PID, of ss and of this program.
agrees() {
  ss -H -tlnp | sed -n 's/^LISTEN *[0-9]* *[0-9]* *\([^ ]*\) .*pid=\([0-9]*\),.*/\1 \2/p' | sort >/tmp/ss
  tcptable list --listen | sed -n 's/^LISTEN *[0-9?]* *[0-9?]* *\([^ ]*\) .*(\([0-9]*\)).*/\1 \2/p' | sort >/tmp/ours
  cat /tmp/ss /tmp/ours
  [ -s /tmp/ss ] && cmp /tmp/ss /tmp/ours
}

# A server of nobody hangs: diagnosed, restarted, healthy, stopped.
story() {
  alone perl /opt/server.pl 3002 hung
  within 10 listens 3002 &&
    ends 11 HANGING tcptable 3002 --deadline 3s &&
    tcptable restart 3002 --yes -- perl /opt/server.pl 3002 healthy &&
    ends 0 HEALTHY tcptable 3002 --deadline 10s &&
    tcptable free 3002 --yes &&
    ends 1 "" tcptable list 3002 --listen
}

# A connection of a moment is told: all of it, or its end, whichever the kernel pushes here; or nothing, and said so.
watched() {
  perl /opt/server.pl 3003 healthy &
  server=$!
  tcptable watch 3003 --for 120s --json >/tmp/events 2>/tmp/how &
  watch=$!
  within 60 grep watching /tmp/how && within 10 listens 3003 || return
  perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new("127.0.0.1:3003") or die $!; print $s "GET\n"; 1 while <$s>'
  case $(cat /tmp/how) in
    *"each change of a state"*) word=changes events="opened closed" ;;
    *" end"*) word=ends events="closed" ;;
    *) word=looks events= ;;
  esac
  for event in $events; do
    within 30 grep "\"event\":\"$event\".*\"knownBy\":\"pushed\".*\"port\":3003" /tmp/events || { cat /tmp/events; return 1; }
  done
  kill $watch $server
  wait $watch
  # Of SIGTERM.
  [ $? -eq 143 ]
}

# The guard as the first process of a container: it reaps what its server leaves behind, and ends when it is told to.
first() {
  unshare -p -f -m sh -c 'mount -t proc proc /proc
    exec tcptable guard 3004 -- sh -c "(sleep 2 &) ; exec perl /opt/server.pl 3004 healthy"' &
  within 120 listens 3004 || return
  guard=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$(listener 3004)/status")
  grep "^NSpid:.*[^0-9]1$" "/proc/$guard/status" || return
  # The server, and no zombie.
  within 30 has_one_child "$guard" || return
  kill "$guard"
  within 60 is_free 3004
}

has_one_child() {
  [ "$(grep -l "^PPid:[^0-9]*$1$" /proc/[0-9]*/status | wc -l)" -eq 1 ]
}

is_free() {
  ! listens "$1"
}

say "kernel: $(uname -r)"
tcptable --version | tee /tmp/version
alone perl /opt/server.pl 3001 hung
within 10 listens 3001
for binding in jni java; do holds $binding owner --binding $binding; done
if [ "$(sed -n 's/^Java \([0-9]*\).*/\1/p' /tmp/version)" -lt 22 ]; then say "ffm: older Java"; else holds ffm owner --binding ffm; fi
holds proc owner_by proc
if grep "not bpf:.*needs Linux" /tmp/version; then say "bpf: older kernel"; else holds bpf owner_by bpf; fi
holds ss agrees
holds story story
holds watch watched
# shellcheck source=platform-tests/machines/services.sh
if [ -d /run/systemd/system ]; then . /opt/services.sh; else holds first first; fi
# shellcheck source=platform-tests/machines/containers.sh
if command -v podman >/dev/null; then . /opt/containers.sh; fi
say "done: yes"
