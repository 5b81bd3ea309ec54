// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "guard|no port given; try: tcptable guard 3001 -- python3 server.py",
        "guard 3001|no command to start; try: tcptable guard 3001 -- python3 server.py",
        "guard 3001 --|no command to start; try: tcptable guard 3001 -- python3 server.py",
        "guard 3001 --interval=99ms -- true|99ms is shorter than 100ms",
        "guard 3001 --max-restarts=-1 -- true|-1 is negative",
      })
  void whatMakesNoSenseIsOneLine(String line, String message) {
    Answer answer = Answer.to(line.split(" ", -1));

    assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(answer.err())
        .isEqualTo(
            "tcptable: " + message + " (see tcptable guard --help)" + System.lineSeparator());
    assertThat(answer.out()).isEmpty();
  }

  /** The listener belongs to this process, which must not be stopped either. */
  @Test
  void aPortThatIsTakenIsRefused(@TempDir Path directory) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Answer answer =
          Answer.to(
              "guard",
              Integer.toString(listener.getLocalPort()),
              "--evidence=" + directory.resolve("evidence"),
              "--log=" + directory.resolve("log"),
              "--",
              ProcessHandle.current().info().command().orElseThrow());

      assertThat(answer.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(answer.err())
          .startsWith("tcptable: ")
          .endsWith("127.0.0.1]:%d; it was not stopped%n".formatted(listener.getLocalPort()));
      assertThat(answer.out()).isEmpty();
    }
  }
}
