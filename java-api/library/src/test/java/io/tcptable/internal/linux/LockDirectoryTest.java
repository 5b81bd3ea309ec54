// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockDirectoryTest {

  @TempDir private Path directory;

  @Test
  void aDirectoryThatSomebodyElseMayHaveMadeIsNotTrusted() throws IOException {
    int uid = (Integer) Files.getAttribute(directory, "unix:uid");
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(LockDirectory.checked(directory, uid)).isEqualTo(directory);
    assertThatThrownBy(() -> LockDirectory.checked(directory, uid + 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not this user's alone: have it removed");
    assertThatThrownBy(() -> LockDirectory.checked(link, uid)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> LockDirectory.checked(open, uid)).isInstanceOf(IOException.class);
  }
}
