# SPDX-License-Identifier: Apache-2.0
# Starts the program. To be sourced by a script tcptable, which sets
#   lib   the folder of this file and of java.sh
#   jar   the program
#   kept  a folder for what makes the next start quicker; if it cannot be written, it starts all the same

# What ends here, ends before the program had a say: no code of the program's own may be mistaken for that.
could_not_start=125
trap 'exit $could_not_start' EXIT

# A closed one would be given to the next file that is opened, and be taken for the terminal. What is printed
# on a closed output reaches nobody: it fails as on a full disk.
exec 9>/dev/null
{ true 8<&0; } 2>&9 || exec </dev/null
{ true 8>&1; } 2>&9 || exec >/dev/full
{ true 8>&2; } || exec 2>/dev/null
exec 9>&-

fail() {
  echo "tcptable: $1" >&2
  exit $could_not_start
}

# For a short run: few methods compiled, no file for other tools.
options="-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=5 -XX:-UsePerfData -XX:+DisplayVMOutputToStderr
  -Xlog:disable"

# choose_java: the newest, or the one that is told. Finding it takes a start of each; once is enough.
choose_java() {
  chosen=$kept/java
  java=${TCPTABLE_JAVA:-}
  if [ -n "$java" ]; then
    java=$(command -v "$java") && java=$(readlink -f "$java") || fail "TCPTABLE_JAVA=$TCPTABLE_JAVA: no such program"
    return
  fi
  { read -r java <"$chosen"; } 2>/dev/null || java=
  if ! [ -f "$java" ] || ! [ -x "$java" ]; then
    # shellcheck source=java-api/program/src/main/sh/java.sh
    . "$lib/java.sh"
    java=$(java_homes java | head -n 1)
    [ -n "$java" ] || fail "$(no_java)"
    java=${java#* }/bin/java
    { mkdir -p "$kept" && echo "$java" >"$chosen"; } 2>/dev/null || true
  fi
}

# no_java: what there is instead, and what to do.
no_java() {
  instead=
  for java in "${JAVA_HOME:+$JAVA_HOME/bin/java}" java; do
    if command -v "$java" >/dev/null; then
      instead=", and $java $(named "$(java_version "$java")")"
    elif [ -z "$instead" ] && [ "$java" != java ] && [ -n "$java" ]; then
      instead=", and JAVA_HOME=$JAVA_HOME has no bin/java"
    fi
  done
  echo "needs Java 17 or later$instead$get_java"
}
get_java="; install one, or set TCPTABLE_JAVA to its java"

# named VERSION: of java_version, for people.
named() {
  case $1 in
    0) echo "tells no version" ;;
    1) echo "is version 8 or older" ;;
    *) echo "is version $1" ;;
  esac
}

# require_17 VERSION: an older one would read the program, and end with 1. Nothing, if the version is not known.
require_17() {
  case $1 in
    '' | 0 | *[!0-9]*) ;;
    *) [ "$1" -ge 17 ] || fail "needs Java 17 or later, and $java $(named "$1")$get_java" ;;
  esac
}

# require_told: the same of one that told no version in a file. Java 8 does not know the options.
require_told() {
  # shellcheck source=java-api/program/src/main/sh/java.sh
  . "$lib/java.sh"
  require_17 "$(java_version "$java")"
}

# The exact version of a java, as its JDK notes it, into release; an image made by jlink notes less. Nothing if neither.
find_release() {
  release=
  notes=${java%/bin/java}/release
  [ -r "$notes" ] || return 0
  # No further than needed: a shell asks the system for each byte.
  while IFS='="' read -r name _ value _; do
    case $name in
      JAVA_RUNTIME_VERSION)
        release=$value
        break
        ;;
      JAVA_VERSION) release=$value ;;
    esac
  done <"$notes"
}

# Few threads; but the Serial collector of Java 17 cannot take the objects that the JDK's archive of classes holds.
choose_collector() {
  case ${release%%[.+-]*} in
    17) options="$options -XX:+UseG1GC -XX:InitialRAMPercentage=0.1" ;;
    *) options="$options -XX:+UseSerialGC" ;;
  esac
}

# Whether the cache is newer than the jar, and is what was made: of a damaged one, the JVM dies. It is read, byte by
# byte, if it has changed since that was noted.
is_whole() {
  [ "$cache" -nt "$jar" ] && [ -r "$cache" ] && [ "$kept/program.jar" -ef "$jar" ] &&
    { [ "$cache.sum" -nt "$cache" ] ||
      { { read -r sum <"$cache.sum"; } 2>/dev/null && [ "$sum" = "$(cksum <"$cache")" ]; }; }
}

# Makes the cache, under a name of its own until it has stood a trial; and, for this program, a jar that only names its
# jar (a JVM reads all names in the one that it is told to run) and its native library.
make_cache() {
  # Nothing is tried where nothing can be kept: no sum (busybox may lack it), no room, or no permission.
  command -v cksum >/dev/null || return 1
  { mkdir -p "$kept/start" && rm -f "$cache" && : >"$cache.sum" && echo none >"$cache.sum"; } 2>/dev/null || return 1
  [ "$kept/program.jar" -ef "$jar" ] || ln -sf "$jar" "$kept/program.jar" 2>/dev/null || return 1
  # shellcheck disable=SC2086 # a list of options on purpose
  {
    "$java" $options -cp "$jar" io.tcptable.program.QuickStart "$kept/start.jar" "$kept/start.so" &&
      "$java" $options "$make=$cache.$$" "-Dtcptable.library=$kept/start.so" -cp "$kept/start.jar" \
        io.tcptable.program.QuickStart || true
    "$java" $options -XX:+VerifySharedSpaces "$use=$cache.$$" -jar "$kept/start.jar" --version || : >"$cache.$$"
  } </dev/null >/dev/null 2>&1
  # An empty one in its place: what failed once is not tried again at each start; unless nothing starts at all today.
  # shellcheck disable=SC2086 # a list of options on purpose
  [ -s "$cache.$$" ] || "$java" $options -version >/dev/null 2>&1 || { rm -f "$cache.$$" && return 1; }
  # On the disk before its note: that is believed after a loss of power, too.
  sync "$cache.$$" 2>/dev/null || true
  { cksum <"$cache.$$" >"$cache.sum" && mv -f "$cache.$$" "$cache"; } 2>/dev/null || { rm -f "$cache.$$" && return 1; }
}

# What the JVM makes of the classes that a first run needed, for this java and this jar alone, makes a start twice as
# quick.
start_cache() {
  # In a name of such a file, the JVM reads % and : as more than themselves.
  case $kept$java in *[%:]*) release= ;; esac
  [ -n "$release" ] || return 0
  # shellcheck disable=SC2086 # split on purpose
  cache=$kept/start/$(IFS=/ && printf '%s+' $java)$release
  # An archive lies where it was made for. Only of a Java that is known: another may not start with such an option, and
  # its AOT cache may hold code for the processor that made it, which another one dies of (a folder may move).
  make=-XX:ArchiveClassesAtExit
  use=-XX:SharedArchiveFile
  case ${release%%[.+-]*} in
    17 | 21) options="$options -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0" ;;
    25)
      options="$options -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-AOTReplayTraining
        -XX:-AOTAdapterCaching -XX:-AOTStubCaching"
      make=-XX:AOTCacheOutput
      use=-XX:AOTCache
      ;;
  esac
  # Two of one build share what is kept: it is for the one that was first.
  if [ -e "$kept/program.jar" ] && ! [ "$kept/program.jar" -ef "$jar" ] && ! [ "$jar" -nt "$kept/program.jar" ]; then
    cache=
  else
    is_whole || make_cache || cache=
  fi
}
interrupted() {
  kill "$program" 2>/dev/null || true
  wait "$program" 2>/dev/null || true
  trap - "$1" EXIT
  kill -s "$1" $$
}

# start ARGUMENT...: in the place of this shell, or as its child.
start() {
  choose_java
  find_release
  require_17 "${release%%[.+-]*}"
  choose_collector
  cache=
  start_cache

  # The width of the terminal, which Java cannot ask for.
  if [ -z "${COLUMNS:-}" ] && [ -t 1 ]; then
    COLUMNS=$(stty size <&1 2>/dev/null | cut -d' ' -f2) && export COLUMNS
  fi

  # Java reads its arguments, and names of files, in the encoding of the locale: of cron, and of ssh, that is ASCII.
  # Of any other locale, only the system knows whether it is there.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C.UTF-8) ;;
    C | POSIX) export LC_ALL=C.UTF-8 ;;
    *) [ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8 ;;
  esac

  command=${1:-}
  if [ -s "$cache" ]; then
    set -- -jar "$kept/start.jar" "$@"
    [ ! -e "$kept/start.so" ] || set -- "-Dtcptable.library=$kept/start.so" "$@"
    set -- "$use=$cache" "$@"
  else
    set -- -jar "$jar" "$@"
  fi

  # A JVM that cannot start ends with 1, which is the program's code for "nothing found".
  not_started="Java could not start, as said above; nothing was done"
  case $command in
    restart | free | start | guard | drop | demo | watch)
      # What acts gets every signal itself, and what is worked with the keyboard: a command in the background has none. So a
      # trial has to tell whether a JVM can start.
      [ -n "$release" ] || require_told
      # shellcheck disable=SC2086 # a list of options on purpose
      trial=$("$java" $options -version 2>&1) || {
        echo "$trial" >&2
        fail "$not_started"
      }
      # shellcheck disable=SC2086 # a list of options on purpose
      exec "$java" $options "$@"
      ;;
  esac

  # The others only look: the program is asked for a code that no JVM has.
  nothing_found=79
  program=
  for signal in HUP INT TERM; do
    # shellcheck disable=SC2064 # the signal of now
    trap "interrupted $signal" $signal
  done
  # shellcheck disable=SC2086 # a list of options on purpose
  "$java" $options -Dtcptable.nothing-found=$nothing_found "$@" &
  program=$!
  code=0
  wait "$program" || code=$?
  case $code in
    # With too little memory, a JVM may die of a signal, too: of ABRT or SEGV.
    1 | 134 | 139)
      # Or of its cache: the next start looks into that.
      rm -f "$cache.sum" 2>/dev/null
      [ $code -eq 1 ] || fail "Java crashed (exit code $code); nothing was done"
      [ -n "$release" ] || require_told
      fail "$not_started"
      ;;
    $nothing_found) code=1 ;;
  esac
  trap - EXIT
  exit $code
}
