// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.LoopbackSockets;
import io.tcptable.program.Main;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Failures end in one line and exit code 3, and a reader who left early is none. */
class FailuresTest {

  @Test
  void aFullDiskIsSaid() throws Exception {
    Answer answer = into(refusing("No space left on device"));
    assertThat(answer.code()).isEqualTo(ExitCode.UNWRITTEN);
    assertThat(answer.err())
        .hasLineCount(1)
        .isEqualTo(
            "tcptable: cannot write the output: No space left on device" + System.lineSeparator());
  }

  @Test
  void aReaderWhoLeftIsNoFailure() throws Exception {
    Answer answer = into(refusing("Broken pipe"));
    assertThat(answer.code()).isEqualTo(ExitCode.FOUND);
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void theUnexpectedIsOneLine() {
    Answer answer = failing(false);
    assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
    assertThat(answer.err())
        .hasLineCount(1)
        .contains("internal error", "IllegalStateException", "boom", "--debug");
  }

  @Test
  void theUnexpectedIsTracedForDebugging() {
    assertThat(failing(true).err())
        .startsWith("tcptable: internal error")
        .containsPattern("\tat .*io.tcptable.program.command.FailuresTest");
  }

  private static Answer failing(boolean debug) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(OutputStream.nullOutputStream(), err, StandardCharsets.UTF_8, false, Map.of());
    int code = new Failures(terminal).failed(new IllegalStateException("boom"), debug);
    return new Answer(code, "", err.toString(StandardCharsets.UTF_8));
  }

  private static Answer into(OutputStream out) throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      int code = 0;
      for (String format : List.of("--color=never", "--json", "--csv")) {
        err.reset();
        code =
            Main.run(
                new Terminal(out, err, StandardCharsets.UTF_8, false, Map.of()),
                "list",
                "--no-owners",
                format,
                sockets.portText());
      }
      return new Answer(code, "", err.toString(StandardCharsets.UTF_8));
    }
  }

  private static OutputStream refusing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
