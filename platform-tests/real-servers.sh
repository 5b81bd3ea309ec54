#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# real-servers.sh [--install] [--only NAME[,NAME...]] [--quick] [--program COMMAND] [--markdown FILE]
#
# Runs the program against real servers, one after the other: idle, with 200 keep-alive connections, hung in a way that
# is typical for the server, restarted by a command, and restarted without one as it was. Checks the verdict, the
# findings, which processes would be stopped and which were, and that the clients are left alone. Prints a table in
# Markdown; ends with 1 if anything was not as expected.
# Everything is on loopback, on free ports, in a temporary folder; each process that it starts is ended by its PID.
# --quick: a few servers, fewer clients, fewer looks.
# --install: installs the missing Debian packages, npm packages and jars first. Otherwise a server that is not installed
# is left out, and the table says so. --program: what to test (default: the launcher of this checkout). Needs python3;
# as root it covers all of them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec python3 -B "$here/real-servers" "$@"
