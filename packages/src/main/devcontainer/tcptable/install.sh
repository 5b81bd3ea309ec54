#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A feature of a dev container: installs tcptable @version@ for all its users. It is run as root.
set -eu
if ! command -v curl >/dev/null && command -v apt-get >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends curl ca-certificates
  rm -rf /var/lib/apt/lists/*
fi
TCPTABLE_PREFIX=/usr/local exec sh "$(dirname "$0")/tcptable.sh"
