// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The quick part of {@code real-servers.sh}: real servers that are idle, have clients, hang, and
 * are restarted. One that is not installed here is left out.
 */
@Tag("once")
@Timeout(300)
class RealServersIT {

  private static final String SCRIPT = Path.of("real-servers.sh").toAbsolutePath().toString();

  @Test
  void areJudgedAndRestartedAsTheyShould() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    List<RunningProgram> trials = new ArrayList<>();
    try {
      // Most of a trial is waiting, and each looks at a port of its own.
      for (String server : Run.of(List.of(SCRIPT, "--quick", "--list")).out().lines().toList()) {
        trials.add(
            RunningProgram.start(
                List.of(
                    SCRIPT,
                    "--quick",
                    "--only",
                    server,
                    "--program",
                    String.join(" ", ProgramJar.command()))));
      }
      List<Run> runs = trials.stream().map(RunningProgram::end).toList();
      assertThat(runs).allSatisfy(run -> assertThat(run.code()).as(run.err()).isZero());
      assertThat(runs).anySatisfy(run -> assertThat(run.err()).contains("1 passed, 0 failed"));
    } finally {
      trials.forEach(RunningProgram::close);
    }
  }
}
