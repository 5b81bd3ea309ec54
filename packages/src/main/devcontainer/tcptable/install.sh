#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A feature of a dev container: installs tcptable @version@ for all its users. It is run as root, and needs curl.
set -eu
TCPTABLE_PREFIX=/usr/local exec sh "$(dirname "$0")/tcptable.sh"
