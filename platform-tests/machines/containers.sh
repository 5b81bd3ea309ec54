# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What self-test.sh tries where Podman is installed. To be sourced by it.

# A server in a container hangs: the diagnosis names the container, a restart is left to Podman, and is done by it if asked.
podman_port() {
  # All files of this machine are those of the container, too.
  mkdir -p /opt/web && mount --bind / /opt/web || return
  # An older kernel does not leave the files that it starts with by pivot_root(2).
  printf '[engine]\nno_pivot_root = true\n' >/etc/containers/containers.conf
  # As from a shell, and not from the unit of this test. The first process of a container takes no SIGTERM that it has not
  # asked for.
  env -u INVOCATION_ID podman run --detach --name web --stop-signal KILL --publish 127.0.0.1:3007:80 --rootfs /opt/web perl /opt/server.pl 0.0.0.0:80 healthy || return
  within 60 ends 0 "in the container web" tcptable 3007 --deadline 10s || return
  before=$(podman inspect --format '{{.State.Pid}}' web)
  kill -USR1 "$before"
  ends 11 "HANGING.*in the container web" tcptable 3007 --deadline 3s &&
    ends 4 "podman restart web" tcptable restart 3007 --yes &&
    tcptable restart 3007 --by-runtime --yes --timeout 180s &&
    [ "$(podman inspect --format '{{.State.Pid}}' web)" != "$before" ] &&
    ends 0 "HEALTHY.*in the container web" tcptable 3007 --deadline 10s
}

holds podman podman_port
