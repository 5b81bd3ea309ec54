#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the unit tests on another Java than ./check does: other-java.sh [JAVA_HOME]. Without JAVA_HOME on a Java run-time
# 21, which is fetched from Maven Central, where it lies in a program for Linux.
set -eu
cd "$(dirname "$0")/.."
. java-api/program/src/main/sh/java.sh
. java-api/program/src/build/sh/machine.sh

jdk=$(java_homes javac | head -n 1)
jdk=${jdk#* }
[ -n "$jdk" ] || { echo "other-java.sh: no JDK to build with; $(install_hint)" >&2; exit 1; }

if [ $# -gt 0 ]; then
  other=$(cd "$1" && pwd)
else
  scanner=8.0.1.6346
  case $(uname -m) in
    x86_64) kind=linux-x64 ;;
    aarch64) kind=linux-aarch64 ;;
    *) echo "other-java.sh: Maven Central has no Java 21 for $(uname -m); name the home of one" >&2; exit 1 ;;
  esac
  other=$PWD/target/jre-21/sonar-scanner-$scanner-$kind/jre
  [ -x "$other/bin/java" ] || maven "$jdk" -q -N org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
    "-Dartifact=org.sonarsource.scanner.cli:sonar-scanner-cli:$scanner:zip:$kind" "-DoutputDirectory=$PWD/target/jre-21"
fi
[ -x "$other/bin/java" ] || { echo "other-java.sh: there is no $other/bin/java" >&2; exit 1; }

# Tests carry the tag of the first release that they run on, or of what a run-time alone has not.
without=none
version=$(java_version "$other/bin/java")
[ "$version" -ge 24 ] || without=$without,since-24
[ "$version" -ge 22 ] || without=$without,since-22
[ -x "$other/bin/javac" ] || without=$without,needs-jdk
echo "other-java.sh: the unit tests on $other (Java $version)" >&2
maven "$jdk" test -pl java-api/library,java-api/program -am \
  "-Djava.other=$other" "-Dtest.without=$without"
