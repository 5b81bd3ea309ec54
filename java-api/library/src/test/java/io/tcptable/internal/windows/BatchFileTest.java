// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batch files, and arguments that would mean something to {@code cmd.exe}. */
class BatchFileTest {

  private static final String CMD = "C:\\Windows\\System32\\cmd.exe";
  private static final Path NPM = Path.of("C:\\Program Files\\nodejs\\npm.cmd");

  /** What Windows is given: the words as Java joins them. */
  private static String line(String... arguments) throws IOException {
    return CommandLine.ofProcessBuilder(BatchFile.start(CMD, NPM, List.of(arguments)));
  }

  @Test
  void ordinaryWords() throws IOException {
    assertThat(line("run", "dev", "--port=3001"))
        .isEqualTo(
            CMD
                + " /d /e:on /v:off /s /c"
                + " \"\"C:\\Program Files\\nodejs\\npm.cmd\" run dev \"--port=3001\"\"");
  }

  @Test
  void wordsWithAMeaningAreQuoted() throws IOException {
    assertThat(line("a b", "", "x&calc", "a|b>c<d", "^", "(x)", "!a!", "a,b;c", "C:\\a b\\"))
        .endsWith(
            " \"a b\" \"\" \"x&calc\" \"a|b>c<d\" \"^\" \"(x)\" \"!a!\" \"a,b;c\" \"C:\\a b\\\\\"\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"&calc&\"", "%PATH%", "100%", "a\nb", "a\rb", "a\0b"})
  void whatCannotBeQuotedIsRefused(String argument) {
    assertThatThrownBy(() -> line("run", argument))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cmd.exe cannot pass this to the batch file " + NPM)
        .hasMessageEndingWith(argument);
  }

  @Test
  void neitherIsTheNameOfTheFile() {
    assertThatThrownBy(() -> BatchFile.start(CMD, Path.of("C:\\%TEMP%\\a.bat"), List.of()))
        .hasMessageContaining("percent sign");
  }

  @Test
  void byTheirEndings() {
    assertThat(BatchFile.is(Path.of("RUN.CMD"))).isTrue();
    assertThat(BatchFile.is(Path.of("run.bat"))).isTrue();
    assertThat(BatchFile.is(Path.of("bat"))).isFalse();
    assertThat(BatchFile.is(Path.of("run.bat.exe"))).isFalse();
  }
}
