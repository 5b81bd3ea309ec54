// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.procfs.ProcText;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may be asked for a thread dump: SIGQUIT stops who does not handle it. */
class ProcJvmTest {

  private static final Path SELF = Path.of("/proc/self");

  @Test
  void thisIsOne() throws Exception {
    assertThat(ProcJvm.of(SELF)).isTrue();
  }

  @Test
  void aProgramOfThatNameIsNone() throws Exception {
    Process sleeper = new ProcessBuilder("bash", "-c", "exec -a java sleep 60").start();
    try {
      assertThat(ProcJvm.of(Path.of("/proc", Long.toString(sleeper.pid())))).isFalse();
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2000000181005ccf, true",
    // As with java -Xrs, which leaves SIGQUIT to its default: to end with a core dump.
    "2000000101001cc8, false",
    "0000000000000004, true",
    "fffffffffffffffb, false",
    "0000000000000000, false",
    "x, false",
    "'', false"
  })
  void handlesTheSignalByItsBit(String mask, boolean handles) {
    assertThat(handlesQuit("Name:\tjava\nSigCgt:\t" + mask + "\nCapInh:\t0\n")).isEqualTo(handles);
  }

  /** The kernel escapes a line feed in a name, and nothing else. */
  @Test
  void aNameDoesNotForgeTheMask() {
    assertThat(handlesQuit("Name:\t\rSigCgt:\t4\nSigCgt:\t0\n")).isFalse();
    assertThat(handlesQuit("")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "7f00-7f01 r-xp 00000000 08:01 42  /usr/lib/jvm/lib/server/libjvm.so, true",
    "7f00-7f01 r-xp 00000000 08:01 42  /usr/lib/jvm/lib/server/libjvm.so (deleted), true",
    "7f00-7f01 r-xp 00000000 08:01 42  /usr/lib/jvm/libjvm.so/libc.so.6, false",
    "7f00-7f01 r-xp 00000000 08:01 42  /usr/lib/mylibjvm.so, false"
  })
  void mapsTheLibraryByItsName(String line, boolean maps) {
    assertThat(
            ProcJvm.mapsLibrary(
                new ProcText("55d0-55d1 r--p 0 08:01 1 /usr/bin/java\n" + line + "\n")))
        .isEqualTo(maps);
  }

  private static boolean handlesQuit(String status) {
    return ProcJvm.handlesQuit(new ProcText(status));
  }
}
