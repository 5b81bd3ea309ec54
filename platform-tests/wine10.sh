#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# wine10.sh [TEST...]
#
# Runs the tests of Windows in Wine 10, which names the owners of IPv6 sockets and of Java's listeners, on Java 21 for
# Windows (Wine 10 does not do for Java 17). TEST is a class of io.tcptable.windows; by default all that run in Wine.
# Wine 10 and a JDK 21 are those of Debian trixie, unpacked into platform-tests/target/wine10-machine; the JDK compiles
# FFM, which is a preview there. Needs root, mmdebstrap and what ./check has installed. Takes about ten minutes, and
# three more the first time.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
target=$top/platform-tests/target
machine=$target/wine10-machine
command -v mmdebstrap >/dev/null || { echo "wine10.sh: needs mmdebstrap" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "wine10.sh: needs root" >&2; exit 2; }

[ -e "$machine" ] || {
  mkdir -p "$target"
  mmdebstrap --quiet --variant=minbase --include=wine,wine64,openjdk-21-jdk-headless trixie "$machine.part"
  mv "$machine.part" "$machine"
}

# The commands of that Wine: there, with this machine's processes and network, and with the files that the tests name.
mkdir -p "$target/wine10-bin"
cat >"$target/wine10-bin/wine" <<EOF
#!/bin/sh
exec unshare --mount sh -euc '
  machine=\$1
  shift
  mount --bind "\$machine" "\$machine"
  for shared in /dev /proc /sys /tmp "$top" "$HOME/.m2"; do
    mkdir -p "\$machine\$shared"
    mount --rbind --make-rslave "\$shared" "\$machine\$shared"
  done
  exec chroot "\$machine" env PATH=/usr/bin:/bin sh -c "cd \"\\\$1\" && shift && exec \"\\\$@\"" - "\$@"
' - "$machine" "\$PWD" "\${0##*/}" "\$@"
EOF
chmod +x "$target/wine10-bin/wine"
cp "$target/wine10-bin/wine" "$target/wine10-bin/wineboot"
cp "$target/wine10-bin/wine" "$target/wine10-bin/wineserver"
# Not where Maven would find it.
cp "$target/wine10-bin/wine" "$target/javac"

cd "$top"
mvn -B -q -ntp -DskipTests package -pl platform-tests,packages -am
[ -e "$target/jre-windows-21" ] ||
  mvn -B -q -ntp -N org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
    -Dartifact=org.sonarsource.scanner.cli:sonar-scanner-cli:8.0.1.6346:zip:windows-x64 \
    -Dmdep.unpack.includes='**/jre/**' -DoutputDirectory="$target/jre-windows-21"

# As Java 21 has it; the other classes are those of the program.
program=$(find java-api/program/target -name 'tcptable-program-*-all.jar' | head -n 1)
jspecify=$(find "$HOME/.m2" -name 'jspecify-*.jar' | head -n 1)
rm -rf "$target/ffm-21"
find "$top/java-api/library/src/main/java22" -name '*.java' >"$target/ffm-21.sources"
"$target/javac" --release 21 --enable-preview -nowarn -Xlint:none -proc:none \
  -d "$target/ffm-21" -cp "$top/$program:$jspecify" @"$target/ffm-21.sources"

[ $# -gt 0 ] || set -- WindowsJvmIT WindowsThorough WindowsNewer WindowsLauncherIT WindowsAsItWasIT StoryIT SocketsIT \
  WindowsProcessesIT WindowsDropIT
PATH="$target/wine10-bin:$PATH" mvn -B -q -ntp verify -pl platform-tests -am -Dtest=None -Dit.test="$(echo "$*" | tr ' ' ',')" \
  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dtcptable.test.wine=wine10 -Dtcptable.test.jre=jre-windows-21
