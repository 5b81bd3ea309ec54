#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# format.sh [check]: formats all C sources after .clang-format, or only checks that they are formatted.
set -eu
cd "$(dirname "$0")/../../.."

# Later versions format initializers in another way.
for format in clang-format-14 clang-format-15 clang-format; do
  version=$("$format" --version 2>/dev/null | sed -n 's/.*version \([0-9]*\).*/\1/p') || version=
  case $version in
    14 | 15) break ;;
  esac
  format=
done
[ -n "$format" ] || {
  echo "No clang-format 14 or 15: the style of the C sources is not checked."
  exit 0
}
case ${1:-} in
  check) options="--dry-run -Werror" ;;
  '') options=-i ;;
  *)
    echo "usage: format.sh [check]" >&2
    exit 2
    ;;
esac
# shellcheck disable=SC2086 # a list of words on purpose
find native/src benchmarks/src -name '*.[ch]' -exec "$format" $options {} +
