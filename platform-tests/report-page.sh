#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# report-page.sh [--install] [--program COMMAND] [--keep DIR]
#
# Records a server that hangs, makes the page of it, and opens that in a real Chromium: 400 and 1200 pixels wide, light and
# dark. Checks by the DOM that nothing is wider than the page, that no markup of the server's command line came alive,
# and that it prints. Ends with 1 if not. --keep: leaves the page, four screenshots and the print there, to be looked at.
# --install: installs the Debian package chromium. --program: what makes the page (default: the launcher of this checkout).
# Takes about a minute, and is not part of ./check. All connections are on loopback.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = --install ]; then
  shift
  apt-get install -y chromium
fi
exec python3 -B "$here/report-page" "$@"
