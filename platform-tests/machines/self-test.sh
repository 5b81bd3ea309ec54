# SPDX-License-Identifier: Apache-2.0
# Tries tcptable on the machine that this runs on, as root; each result is one line "self-test: NAME: WORD".
# hung.service listens on port 3001 and does not answer.
set -u
PATH=/opt/tcptable/bin:$PATH
export HOME=/root LC_ALL=C.UTF-8

say() {
  echo "self-test: $1"
}

# holds NAME COMMAND...: its result by the command's exit code.
holds() {
  name=$1
  shift
  if "$@" >/tmp/out 2>&1; then say "$name: ok"; else say "$name: FAILED"; cat /tmp/out; fi
  say "after $(cut -d. -f1 /proc/uptime) s"
}

# code N COMMAND...: whether it ends with that exit code.
code() {
  wanted=$1
  shift
  got=0
  "$@" || got=$?
  [ $got -eq "$wanted" ]
}

hung=$(systemctl show --property MainPID --value hung.service)

# owner OPTION...: whether the server is found, with its owner.
owner() {
  tcptable list 3001 --listen "$@" | grep "LISTEN.*127\.0\.0\.1:3001 .*perl($hung)"
}

# owner_by SOURCE: the same, with owners from one source only.
owner_by() {
  JDK_JAVA_OPTIONS=-Dtcptable.owners=$1 owner
}

# Every listener by address and PID, of ss and of this program.
agrees() {
  ss -H -tlnp | sed -n 's/^LISTEN *[0-9]* *[0-9]* *\([^ ]*\) .*pid=\([0-9]*\),.*/\1 \2/p' | sort >/tmp/ss
  tcptable list --listen | sed -n 's/^LISTEN *[0-9?]* *[0-9?]* *\([^ ]*\) .*(\([0-9]*\)).*/\1 \2/p' | sort >/tmp/ours
  cat /tmp/ss /tmp/ours
  [ -s /tmp/ss ] && cmp /tmp/ss /tmp/ours
}

# The diagnosis names the unit, and its group.
unit() {
  code 11 tcptable 3001 --deadline 3s && tcptable 3001 --deadline 3s | grep "hung\.service"
}

# A restart is left to systemd.
refuses() {
  code 4 tcptable restart 3001 --yes -- true && tcptable restart 3001 --yes -- true 2>&1 | grep "systemctl restart hung"
}

cgroup() {
  [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] && grep "^0::.*hung\.service" "/proc/$hung/cgroup"
}

# A server of nobody hangs: diagnosed, restarted, healthy, stopped.
story() {
  systemd-run --quiet --scope perl /opt/server.pl 3002 hung &
  sleep 5
  code 11 tcptable 3002 --deadline 3s &&
    tcptable restart 3002 --yes -- perl /opt/server.pl 3002 healthy &&
    code 0 tcptable 3002 --deadline 10s &&
    tcptable free 3002 --yes &&
    code 1 tcptable list 3002 --listen
}

say "kernel: $(uname -r)"
tcptable --version
for binding in jni ffm java; do holds $binding owner --binding $binding; done
holds proc owner_by proc
if tcptable --version | grep "not bpf:.*needs Linux"; then say "bpf: older kernel"; else holds bpf owner_by bpf; fi
holds ss agrees
holds unit unit
holds restart refuses
holds cgroup cgroup
holds story story
say "done: yes"
