# SPDX-License-Identifier: Apache-2.0
# windows.sh ARCHITECTURE LIBRARY TESTS JAVA_HOME: cross-compiles LIBRARY/tcptable.dll, and into TESTS what the tests of it
# need. Where the compiler is missing, says so in one line and succeeds.
set -eu
compiler=$1-w64-mingw32-gcc
library=$2
output=$3
java_home=$4
if ! command -v "$compiler" >/dev/null; then
  echo "No $compiler: built without the library for windows-$1, and without what its tests need."
  exit 0
fi
mkdir -p "$library" "$output"

# compile TARGET FLAG... SOURCE... LIBRARY...
compile() {
  target=$1
  shift
  # 0x0601 is Windows 7. A target is the same whenever and wherever it is built.
  "$compiler" -std=c11 -O2 -D_WIN32_WINNT=0x0601 \
    -Wall -Wextra -Wconversion -Wshadow -Werror -ffile-prefix-map="$PWD"=. \
    -s -Wl,--no-insert-timestamp -o "$output/$target" "$@"
}

main=src/main/c/windows
test=src/test/c/windows
compile tcptable-bridge.exe -I $main $test/bridge.c $main/windows_calls.c \
  -liphlpapi -lntdll -luser32 -ladvapi32
compile tcptable.dll -shared -Wl,--exclude-all-symbols,--disable-auto-image-base -I $main -isystem "$java_home/include" \
  $main/library.c $main/../jni_natives.c $main/jni_windows_calls.c $main/windows_calls.c \
  -liphlpapi -lntdll -luser32 -ladvapi32
cp "$output/tcptable.dll" "$library"
compile arguments.exe $test/arguments.c
compile layouts.exe $test/layouts.c
compile peer.exe $test/peer.c -lws2_32 -luser32

# For tests on Linux: a Wine that shares ports as Windows does; a stand-in for the libraries of
# Windows; and the JNI library as it is on Windows, but on that stand-in.
command -v gcc >/dev/null || exit 0
linux="gcc -std=c11 -O2 -Wall -Wextra -Wconversion -Wshadow -Werror -fPIC -shared"
test=src/test/c/linux
$linux -o "$output/wine-reuseport.so" $test/wine_reuseport.c -ldl
$linux -I $test/include -o "$output/win32-stand-in.so" $test/win32_stand_in.c
$linux -I $test/include -isystem "$java_home/include" -isystem "$java_home/include/linux" \
  -o "$output/jni-on-stand-in.so" \
  $main/library.c $main/../jni_natives.c $main/jni_windows_calls.c $main/windows_calls.c $test/win32_stand_in.c
