// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
class SafePathTest {

  private static final int NOBODY = 65_534;
  private static final int DAEMON = 1;

  /** With or without a name. */
  private static final int SOME_GROUP = 4711;

  @TempDir private Path temporary;

  private Path folder;
  private int self;

  @BeforeEach
  void findOut() throws IOException {
    folder = temporary.toRealPath();
    self = (Integer) Files.getAttribute(folder, "unix:uid");
  }

  private Path resolve(String path) throws IOException {
    return SafePath.resolve(folder.resolve(path), self);
  }

  @Test
  void whatIsMissingIsTakenAsItIs() throws IOException {
    assertThat(resolve("a/b/log")).isEqualTo(folder.resolve("a/b/log"));
  }

  @Test
  void linksAreFollowedAsTheKernelDoes() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.createSymbolicLink(folder.resolve("near"), Path.of("a/b"));
    Files.createSymbolicLink(folder.resolve("far"), folder.resolve("near"));

    assertThat(resolve("far/../log")).isEqualTo(folder.resolve("a/log"));
    assertThat(resolve("far/log")).isEqualTo(folder.resolve("a/b/log"));
  }

  @Test
  void aLinkToItselfLeadsNowhere() throws IOException {
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

    assertThatThrownBy(() -> resolve("loop/log")).hasMessageContaining("too many links");
  }

  @Test
  void aDirectoryThatAllCanWriteToIsSafeOnlyIfItIsSticky() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> resolve("open/log"))
        .hasMessage(open + " is writable by others and has no sticky bit");

    Files.setAttribute(open, "unix:mode", 01777);
    assertThat(resolve("open/log")).isEqualTo(open.resolve("log"));
  }

  @Test
  void aDirectoryThatAGroupCanWriteToIsSafeOnlyIfThatIsTheUsersOwn() throws IOException {
    assumeTrue(self == 0, "only root can give files away");
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxr-x"));
    for (int group : new int[] {0, SOME_GROUP}) {
      Files.setAttribute(shared, "unix:gid", group);
      assertThatThrownBy(() -> resolve("shared/log"))
          .hasMessage(shared + " is writable by others and has no sticky bit");
    }

    // The user "daemon" and its group, which are on each machine.
    Files.setAttribute(shared, "unix:uid", DAEMON);
    Files.setAttribute(shared, "unix:gid", DAEMON);
    assertThat(SafePath.resolve(shared.resolve("log"), DAEMON)).isEqualTo(shared.resolve("log"));
    assertThatThrownBy(() -> SafePath.resolve(shared.resolve("log"), NOBODY))
        .hasMessage(shared + " belongs to another user, UID 1");

    Files.setAttribute(shared, "unix:gid", SOME_GROUP);
    assertThatThrownBy(() -> SafePath.resolve(shared.resolve("log"), DAEMON))
        .hasMessage(shared + " is writable by others and has no sticky bit");
  }

  @Test
  void nothingOfAnotherUserIsFollowed() throws IOException {
    assumeTrue(self == 0, "only root can give files away");
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Files.setAttribute(theirs, "unix:uid", NOBODY);
    Files.createSymbolicLink(folder.resolve("link"), theirs);

    assertThatThrownBy(() -> resolve("theirs/log"))
        .hasMessage(theirs + " belongs to another user, UID 65534");
    assertThatThrownBy(() -> resolve("link/log"))
        .hasMessage(theirs + " belongs to another user, UID 65534");
    assertThat(SafePath.resolve(folder.resolve("link/log"), NOBODY))
        .isEqualTo(theirs.resolve("log"));
  }
}
