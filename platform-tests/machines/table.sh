# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# A table of what self-test.sh has found. To be sourced by a script that sets
#   columns  the names of the results, in their order

# head_line NAME...: its first two lines, with these columns before the results.
head_line() {
  printf '|'
  # shellcheck disable=SC2086,SC2154 # words on purpose
  printf ' %s |' "$@" $columns
  printf '\n|'
  for _ in "$@" $columns; do printf -- '---|'; done
  echo
}

# row LOG VALUE...: a line of it, with these values before the results.
row() {
  log=$1
  shift
  printf '|'
  printf ' %s |' "$@"
  for column in $columns; do
    printf ' %s |' "$(sed -n "s/.*self-test: $column: //p" "$log" | tr -d '\r' | grep . || echo "-")"
  done
  echo
}

# is_whole LOG: whether it came to its end, and nothing failed.
is_whole() {
  grep -q "self-test: done: yes" "$1" && ! grep -q "self-test: .*: FAILED" "$1"
}
