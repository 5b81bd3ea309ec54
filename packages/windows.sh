# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # suite, scratch: of release.sh
# The run-time for Windows, and a machine that runs it: a Debian with Wine, and with a JDK that has jlink. To be sourced
# by release.sh.
#
# The run-time is that of a program that Maven Central has. It has all modules, and none that jlink reads.
scanner=8.1.0.6389
jdk_of_scanner=21

# windows_machine FOLDER: its files.
windows_machine() {
  windows=$1
  [ -d "$windows" ] && return
  mmdebstrap --quiet --variant=minbase --include="openjdk-$jdk_of_scanner-jdk-headless,wine,wine64" "$suite" "$windows.part"
  mv "$windows.part" "$windows"
}

# in_windows COMMAND...: there, as root of its own processes and files.
in_windows() {
  unshare --pid --fork --kill-child --mount-proc --root="$windows" env -i PATH=/usr/bin:/bin HOME=/root \
    LD_PRELOAD="${preload:-}" WINEDEBUG=-all WINEDLLOVERRIDES=mscoree,mshtml= "$@"
}

# windows_runtime MODULE,...: what the program needs of it, in $windows_work/runtime.
windows_runtime() {
  windows_work=$windows/tmp/release
  rm -rf "$windows_work" && mkdir "$windows_work"
  mvn -B -q -ntp -N org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
    "-Dartifact=org.sonarsource.scanner.cli:sonar-scanner-cli:$scanner:zip:windows-x64" "-DoutputDirectory=$scratch"
  whole=$scratch/sonar-scanner-$scanner-windows-x64/jre
  # shellcheck disable=SC2046 # a list of modules
  "$JAVA_HOME/bin/java" src/build/java/WindowsModules.java "$whole" "$windows_work/jmods" $(echo "$1" | tr , ' ')
  # Some classes that this plugin makes are in the modules, which it does not expect.
  in_windows jlink --module-path /tmp/release/jmods --add-modules "$1" --disable-plugin generate-jli-classes \
    --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output /tmp/release/runtime

  # Each library that its libraries want is there, or is none of the whole one's but of Windows.
  find "$windows_work/runtime/bin" -name '*.exe' -o -name '*.dll' | while read -r file; do
    x86_64-w64-mingw32-objdump -p "$file" | sed -n 's/.*DLL Name: //p'
  done | sort -u >"$scratch/wanted"
  [ -s "$scratch/wanted" ] || fail "the run-time for Windows has no libraries"
  while read -r library; do
    [ -z "$(find "$whole/bin" -iname "$library")" ] || [ -n "$(find "$windows_work/runtime/bin" -iname "$library")" ] ||
      fail "the run-time for Windows lacks $library"
  done <"$scratch/wanted"
}

# try_windows ARCHIVE LIBRARY: it answers in Wine, with no Java but its own: the demo starts servers, diagnoses and
# restarts them. The library is for Wine, where without it no two servers share a port.
try_windows() {
  unzip -q -d "$windows_work" "$1"
  cp "$2" "$windows_work/preload.so"
  said=$scratch/windows
  # shellcheck disable=SC2016 # for the shell that is started
  preload=/tmp/release/preload.so in_windows sh -c 'cd /tmp/release/tcptable-*/bin
    for command in --version demo; do
      timeout 300 wine cmd /c tcptable.cmd $command </dev/null 2>&1 || exit
    done' >"$said" || fail "the archive for Windows fails: $(cat "$said")"
  for line in '^Java.* Windows .* amd64' '^HANGING' '^stopped: java.exe' '^HEALTHY'; do
    grep "$line" "$said" || fail "the archive for Windows does not say $line: $(cat "$said")"
  done
}
