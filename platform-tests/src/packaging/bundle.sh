#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds a release of the last commit, deploys it to a local folder, signed with a key made for it, and checks the
# folder for all that Maven Central asks of a bundle. Takes a few minutes, and Maven Central for plugins.
# usage: bundle.sh [FOLDER]; without one, everything is removed at the end. JAVA_HOME: a JDK 25 or later.
set -eu
cd "$(dirname "$0")/../../.."
keep=${1:-}
work=$(mktemp -d)
cleanup() {
  gpgconf --homedir "$work/keys" --kill gpg-agent 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
repository=${keep:-$work/repository}
faults=0
fault() {
  echo "bundle: $1" >&2
  faults=$((faults + 1))
}

mkdir -m 700 "$work/keys" "$work/source"
export GNUPGHOME="$work/keys"
gpg --batch --quiet --passphrase '' --quick-generate-key 'Dry run <dry-run@example.invalid>' rsa3072 sign 1d

# A copy, with the version of a release.
version=$(sed -n 's|^  <version>\(.*\)-SNAPSHOT</version>$|\1|p' pom.xml | head -n 1)
[ -n "$version" ] || { echo "bundle: no version with -SNAPSHOT in pom.xml" >&2; exit 1; }
modules="native $(grep -L '<maven.deploy.skip>true' java-api/*/pom.xml | sed 's|/pom.xml||' | tr '\n' ' ')"
git archive HEAD | tar -x -C "$work/source"
find "$work/source" -name pom.xml -exec sed -i "s|<version>$version-SNAPSHOT</version>|<version>$version</version>|" {} +
# shellcheck disable=SC2086 # a list of words on purpose
(cd "$work/source" && mvn -B -q -ntp -Prelease -Dmaven.install.skip=true -Dmaven.test.skip=true -Dformat=check deploy \
  -pl "$(echo $modules | tr ' ' ',')" -am -DaltDeploymentRepository="dry-run::file://$repository")

signed() {
  gpg --batch --quiet --verify "$1.asc" "$1" 2>/dev/null || fault "$1 is not signed"
  [ "$(cat "$1.sha1")" = "$(sha1sum <"$1" | cut -d' ' -f1)" ] || fault "$1: its SHA-1 is missing or wrong"
  [ "$(cat "$1.md5")" = "$(md5sum <"$1" | cut -d' ' -f1)" ] || fault "$1: its MD5 is missing or wrong"
}

# has JAR ENTRY
has() {
  unzip -l "$1" 2>/dev/null | grep -q " $2\$" || fault "$1 lacks $2"
}

for module in $modules; do
  artifact=$(sed -n 's|^  <artifactId>\(.*\)</artifactId>$|\1|p' "$module/pom.xml")
  base=$repository/io/tcptable/$artifact/$version/$artifact-$version
  for file in "$base.pom" "$base.jar" "$base-sources.jar" "$base-javadoc.jar" "$base-cyclonedx.json"; do
    if [ -s "$file" ]; then
      signed "$file"
    else
      fault "no $file"
    fi
  done
  has "$base.jar" META-INF/LICENSE
  for element in name description url licenses developers scm; do
    grep -q "^  <$element[ >]" "$base.pom" || fault "$base.pom has no <$element>"
  done
  # Maven would put the name of each artifact behind them.
  ! sed '/<dependencies>/,$d' "$base.pom" | grep -q "://.*/$artifact<" || fault "$base.pom has a wrong URL"
  for element in parent dependencyManagement repositories; do
    ! grep -q "<$element>" "$base.pom" || fault "$base.pom has <$element>"
  done
  ! grep -q 'SNAPSHOT\|\${' "$base.pom" || fault "$base.pom names a snapshot or a property"
  echo "$artifact $version: $(find "${base%/*}" -type f | wc -l) files"
done
base=$repository/io/tcptable
grep -q '<artifactId>tcptable-native</artifactId>' "$base/tcptable/$version/tcptable-$version.pom" ||
  fault "the library does not bring tcptable-native"
for library in linux-x86_64/libtcptable.so linux-aarch64/libtcptable.so windows-x86_64/tcptable.dll; do
  has "$base/tcptable-native/$version/tcptable-native-$version.jar" "META-INF/native/$library"
done
[ "$faults" = 0 ] && echo "bundle: all there"
