// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class TrustedProgramsTest {

  private static final int NOBODY = 65_534;

  @TempDir private Path temporary;

  private Path directory;
  private Path file;
  private int self;

  @BeforeEach
  void makeFile() throws IOException {
    directory = Files.createDirectory(temporary.toRealPath().resolve("bin"));
    file = Files.createFile(directory.resolve("runsv"));
    self = (Integer) Files.getAttribute(file, "unix:uid");
  }

  private static void set(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void oneThatOnlyItsUserCanChangeIsSafeForThatUser() throws IOException {
    assertThat(TrustedPrograms.isSafe(file, self)).isTrue();
    if (self != 0) {
      assertThat(TrustedPrograms.isSafe(file, NOBODY)).isFalse();
    }
  }

  @Test
  void oneThatOthersCanChangeIsNot() throws IOException {
    set(file, "rwxr-xrwx");
    assertThat(TrustedPrograms.isSafe(file, self)).isFalse();
  }

  @Test
  void oneThatOthersCanReplaceIsNot() throws IOException {
    set(directory, "rwxr-xrwx");
    assertThat(TrustedPrograms.isSafe(file, self)).isFalse();
  }

  @Test
  void oneBehindALinkIsNot() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(TrustedPrograms.isSafe(link, self)).isFalse();
  }
}
