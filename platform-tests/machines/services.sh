# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What self-test.sh tries where systemd runs. To be sourced by it.

# property NAME UNIT
property() {
  systemctl show --property "$1" --value "$2"
}

# is STATE UNIT
is() {
  [ "$(systemctl is-active "$2")" = "$1" ]
}

# The diagnosis names the unit.
unit() {
  systemctl start hung && within 10 listens 3006 && ends 11 "hung\.service" tcptable 3006 --deadline 3s
}

# A restart is left to systemd.
refuses() {
  ends 4 "systemctl restart hung" tcptable restart 3006 --yes -- true
}

cgroup() {
  [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] && grep "^0::.*hung\.service" "/proc/$(listener 3006)/cgroup"
}

# A service that is started by its first connection: the diagnosis does not start it, and names the unit of the socket.
socket() {
  systemctl start activated.socket &&
    ends 14 "activated\.socket" tcptable 3005 --deadline 3s &&
    is inactive activated.service &&
    ends 4 "systemctl restart activated\.service" tcptable restart 3005 --yes -- true
}

# It is active when its server is healthy, and not before.
ready() {
  rm -f /run/go
  systemctl start --no-block guarded
  within 120 has_started || return
  is activating guarded || return
  touch /run/go
  within 120 is active guarded && ends 0 HEALTHY tcptable 3004 --deadline 10s
}

# The guard has started its server, which waits.
has_started() {
  [ "$(wc -l </sys/fs/cgroup/system.slice/guarded.service/cgroup.procs)" -ge 2 ]
}

# Its server hangs: another one answers, the evidence is there, the service has never ended.
guard() {
  before=$(listener 3004)
  kill -USR1 "$before"
  within 240 is_another "$before" &&
    within 60 ends 0 HEALTHY tcptable 3004 --deadline 10s &&
    grep '"verdict": *"HANGING"' /var/lib/tcptable/guard/3004/*/diagnosis.json &&
    is active guarded && [ "$(property NRestarts guarded)" = 0 ]
}

is_another() {
  listens 3004 && [ "$(listener 3004)" != "$1" ]
}

# It runs for longer than it may be silent.
watchdog() {
  allowed=$(property WatchdogUSec guarded)
  [ "$allowed" = 20s ] || return
  sleep 25
  property WatchdogTimestamp guarded
  is active guarded && [ "$(property NRestarts guarded)" = 0 ]
}

# All ends, and systemd calls it no failure.
stop() {
  systemctl stop guarded
  systemctl status guarded --no-pager
  is inactive guarded && [ "$(property Result guarded)" = success ] && ! listens 3004
}

holds unit unit
holds restart refuses
holds cgroup cgroup
holds socket socket
holds ready ready
holds guard guard
holds watchdog watchdog
holds stop stop
