// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tcptable.program.Program;
import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit file of systemd starts a command that there is, and systemd understands it. */
class UnitFileTest {

  private static final Path UNIT = Path.of("../../docs/prometheus/tcptable-export.service");

  @Test
  void itsCommandIsOneOfTheProgram() throws IOException {
    Matcher command =
        Pattern.compile("(?m)^ExecStart=\\S+ .* -jar \\S+ (.*)$").matcher(Files.readString(UNIT));
    assertThat(command.find()).isTrue();
    String[] words = command.group(1).split(" ", -1);
    Terminal terminal =
        new Terminal(
            new ByteArrayOutputStream(),
            new ByteArrayOutputStream(),
            StandardCharsets.UTF_8,
            false,
            Map.of(),
            null);

    assertThat(Program.commandLine(terminal, words).parseArgs(words).errors()).isEmpty();
    assertThat(words[0]).isEqualTo("export");
  }

  @Test
  void systemdUnderstandsIt(@TempDir Path folder) throws IOException, InterruptedException {
    Path systemd = Path.of("/usr/bin/systemd-analyze");
    assumeThat(Files.isExecutable(systemd)).as("systemd-analyze").isTrue();
    // That program has to be there.
    Path copy = folder.resolve("tcptable-export.service");
    Files.writeString(copy, Files.readString(UNIT).replace("/usr/bin/java", "/bin/true"));

    Process verify =
        new ProcessBuilder(systemd.toString(), "verify", copy.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said.lines().filter(line -> line.contains("tcptable-export"))).isEmpty();
    assertThat(verify.waitFor()).as(said).isZero();
  }
}
