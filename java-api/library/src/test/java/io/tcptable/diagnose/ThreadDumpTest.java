// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What answers {@code jcmd} may be anything. */
@Timeout(60)
class ThreadDumpTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path directory;

  private Path jcmd(String script) throws IOException {
    Path file = directory.resolve("jcmd");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  @Test
  void isWhatJcmdPrints() throws Exception {
    ThreadDump dump =
        ThreadDump.run(jcmd("echo \"$@\"; echo 'java.lang.Thread.State: RUNNABLE'"), 42, LONG);
    assertThat(dump.isComplete()).isTrue();
    assertThat(dump.text()).startsWith("-J-Xmx64m 42 Thread.print -l\n");
    assertThat(dump.states()).containsEntry("RUNNABLE", 1L);
  }

  @Test
  void isNoneIfJcmdFails() throws Exception {
    ThreadDump dump = ThreadDump.run(jcmd("echo 'Found one deadlock' >&2; exit 1"), 42, LONG);
    assertThat(dump.isComplete()).isFalse();
    assertThat(dump.hasDeadlock()).isFalse();
  }

  @Test
  void isNoneIfTheAnswerHasNoEnd() throws Exception {
    ThreadDump dump = ThreadDump.run(jcmd("exec yes"), 42, LONG);
    assertThat(dump.isComplete()).isFalse();
    assertThat(dump.text()).isEqualTo("the answer is longer than 16.0 MiB");
  }

  @Test
  void isNoneIfTheJvmDoesNotAnswer() throws Exception {
    ThreadDump dump = ThreadDump.run(jcmd("exec sleep 60"), 42, SHORT);
    assertThat(dump.text()).isEqualTo("the JVM did not answer jcmd within 300ms");
  }
}
