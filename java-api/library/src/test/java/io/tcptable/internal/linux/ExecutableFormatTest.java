// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file's code runs. Whether a file can be executed, {@code StartableTest} tests. */
class ExecutableFormatTest {

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0};

  @TempDir private Path directory;

  private Path file(String name, byte[] content) throws IOException {
    Path file = Files.write(directory.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path script(String name, String firstLine) throws IOException {
    return file(name, (firstLine + "\nexit\n").getBytes(StandardCharsets.UTF_8));
  }

  private Path image(Path program) throws IOException {
    return ExecutableFormat.image(program, new LinuxProgramSearch(directory, directory.toString()));
  }

  @Test
  void ofAProgramItIsItselfWhateverItIsCalled() throws IOException {
    Path program = file("program", ELF).toRealPath();
    Path link = Files.createSymbolicLink(directory.resolve("link"), program);
    assertThat(image(link)).isEqualTo(program);
  }

  @Test
  void ofAScriptItIsItsInterpreter() throws IOException {
    Path program = file("node", ELF).toRealPath();
    assertThat(image(script("named", "#! " + program + " --flag"))).isEqualTo(program);
    assertThat(image(script("found", "#!/usr/bin/env node"))).isEqualTo(program);
    assertThat(image(script("script-of-script", "#!" + directory.resolve("found"))))
        .isEqualTo(program);
  }

  @Test
  void aScriptThatDoesNotSayIsOneOfTheShell() throws IOException {
    assertThat(image(script("plain", "exec server"))).isEqualTo(Path.of("/bin/sh").toRealPath());
  }

  @Test
  void whatEnvDoesWithOptionsIsLeftToIt() throws IOException {
    assertThat(image(script("split", "#!/usr/bin/env -S node --flag")).getFileName().toString())
        .startsWith("env");
  }

  @Test
  void aScriptThatNamesItselfEnds() throws IOException {
    Path self = script("self", "#!" + directory.resolve("self"));
    assertThat(image(self)).isEqualTo(self.toRealPath());
  }
}
