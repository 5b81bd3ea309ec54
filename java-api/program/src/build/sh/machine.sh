# SPDX-License-Identifier: Apache-2.0
# What ./tcptable and ./check ask of this machine: to build, and to install what it lacks. To be sourced, after java.sh.

# maven JDK ARGUMENT...: runs Maven on that JDK, which then builds; quiet about what Maven itself does on a newer one.
maven() {
  JAVA_HOME=$1
  export JAVA_HOME
  shift
  # At its end Maven would reset the colours of what is no terminal, too.
  MAVEN_OPTS="${MAVEN_OPTS:-} -Djansi.noreset=true"
  if [ "$(java_version "$JAVA_HOME/bin/java")" -ge 24 ]; then
    MAVEN_OPTS="$MAVEN_OPTS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
  fi
  export MAVEN_OPTS
  mvn -B -ntp -Dstyle.color=never "$@"
}

# as_root COMMAND...
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "there is no sudo here; run as root: $*" >&2
    return 1
  fi
}

# apt_update
apt_update() {
  as_root apt-get update -qq >/dev/null
}

# apt_install ARGUMENT...
apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

# apt_has PACKAGE
apt_has() {
  apt-cache show "$1" >/dev/null 2>&1
}

# newest_jdk_package: of those that apt has.
newest_jdk_package() {
  for version in 25 21 17; do
    if apt_has "openjdk-$version-jdk-headless"; then
      echo "openjdk-$version-jdk-headless"
      return
    fi
  done
  echo default-jdk-headless
}

# install_hint: how to get Maven and a JDK where there is no apt.
install_hint() {
  if command -v dnf; then
    hint="sudo dnf install maven java-21-openjdk-devel"
  elif command -v apk; then
    hint="apk add maven openjdk21 (as root)"
  elif command -v pacman; then
    hint="sudo pacman -S maven jdk-openjdk"
  elif command -v zypper; then
    hint="sudo zypper install maven java-21-openjdk-devel"
  elif command -v brew; then
    hint="brew install maven openjdk"
  else
    hint=
  fi >/dev/null
  echo "${hint:+run: }${hint:-install Maven 3.8.5 or later and a JDK 17 or later}"
}
