# SPDX-License-Identifier: Apache-2.0
# Which Java this machine has. To be sourced.

# java_version JAVA: its feature version; 0 if it has none, 1 if it is older than 9.
java_version() {
  "$1" -version 2>&1 | sed -n 's/^[^"]* version "\([0-9]*\).*/\1/p' | grep . || echo 0
}

# java_homes PROGRAM: "VERSION HOME" for each Java of 17 or later that has bin/PROGRAM (java or javac), newest first.
java_homes() {
  {
    for program in "${TCPTABLE_JAVA:-}" java javac; do
      program=$(command -v "$program" 2>/dev/null) && program=$(readlink -f "$program") && echo "${program%/bin/*}"
    done
    printf '%s\n' "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*
    # As machines for CI name them: JAVA_HOME_17_X64.
    env | sed -n 's/^JAVA_HOME_[0-9]*_[A-Za-z0-9]*=//p'
  } | while IFS= read -r home; do
    if [ -n "$home" ] && [ -x "$home/bin/$1" ] && [ -x "$home/bin/java" ]; then readlink -f "$home"; fi
  done | sort -u | while IFS= read -r home; do
    version=$(java_version "$home/bin/java")
    [ "$version" -lt 17 ] || echo "$version $home"
  done | sort -rn
}
