#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds platform-tests/application with the library as its one dependency, and runs it on the newest JDK and on 17: on
# the class path, on the module path, in an image of jlink, and in fat jars (multi-release or not, minimized, relocated).
# ./check does the same among all else. Takes some two minutes.
set -eu
cd "$(dirname "$0")/../../.."
. java-api/program/src/main/sh/java.sh
. java-api/program/src/build/sh/machine.sh

newest=$(java_homes javac | head -n 1)
[ -n "$newest" ] || { echo "applications: needs a JDK 17 or later; $(install_hint)" >&2; exit 1; }
other=$(java_homes javac | sed -n 's/^17 //p' | head -n 1)
[ "${newest%% *}" = 17 ] || [ -z "$other" ] || set -- "-Djdk.17=$other" "$@"
maven "${newest#* }" -q verify -pl platform-tests,platform-tests/application -am -Dtest=None -Dit.test=ApplicationsIT -Dmaven.javadoc.skip=true \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false "$@"
grep -h '<testcase' platform-tests/target/failsafe-reports*/TEST-*ApplicationsIT.xml |
  sed 's|.*<testcase name="\([^"]*\)".*time="\([^"]*\)".*|\1: \2 s|'
