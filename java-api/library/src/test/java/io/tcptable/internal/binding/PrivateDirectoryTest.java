// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {

  private static final int STICKY_AND_OPEN_TO_ALL = 01777;
  private static final int OPEN_TO_ALL = 0777;
  private static final int OPEN_TO_THE_GROUP = 0770;
  private static final int NOBODY = 65534;

  @TempDir private Path parent;

  private void mode(int mode) throws IOException {
    Files.setAttribute(parent, "unix:mode", mode);
  }

  @Test
  void isOnlyForThisUserWhateverTheParentAllows() throws IOException {
    mode(STICKY_AND_OPEN_TO_ALL);
    try (PrivateDirectory made = PrivateDirectory.in(parent)) {
      assertThat(made.path()).hasParent(parent.toRealPath());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void hasAnotherNameEachTime() throws IOException {
    try (PrivateDirectory one = PrivateDirectory.in(parent);
        PrivateDirectory other = PrivateDirectory.in(parent)) {
      assertThat(one.path()).isNotEqualTo(other.path());
    }
  }

  /** As on Windows, where a library that is loaded cannot be removed. */
  @Test
  void whatIsLeftBehindIsRemovedByTheNext() throws IOException {
    Path old = Files.createDirectory(parent.resolve(".tcptable-old"));
    Files.writeString(old.resolve("tcptable.dll"), "x");
    Files.setLastModifiedTime(old, FileTime.fromMillis(0));
    Path used = Files.createDirectory(parent.resolve(".tcptable-new"));
    Path other = Files.createDirectory(parent.resolve("other"));
    Files.setLastModifiedTime(other, FileTime.fromMillis(0));
    PrivateDirectory.removeLeftBehind(parent, Instant.EPOCH.plusSeconds(1), left -> true);
    assertThat(old).doesNotExist();
    assertThat(used).exists();
    assertThat(other).exists();
  }

  /** A killed JVM has left it. */
  @Test
  void anOldOneOfThisUserIsRemovedByTheNext() throws IOException {
    Path old = leftBehind(".tcptable-1");
    Path linked = leftBehind("linked");
    Path link = Files.createSymbolicLink(parent.resolve(".tcptable-2"), linked);
    Path fresh = leftBehind(".tcptable-3");
    Files.setLastModifiedTime(fresh, FileTime.from(Instant.now()));

    PrivateDirectory.in(parent).close();

    assertThat(old).doesNotExist();
    assertThat(List.of(fresh, link, linked.resolve("libtcptable.so"))).allMatch(Files::exists);
  }

  @Test
  void anOldOneOfAnotherUserIsLeftAlone() throws IOException {
    assumeTrue(Files.getAttribute(parent, "unix:uid").equals(0), "giving away needs root");
    mode(STICKY_AND_OPEN_TO_ALL);
    Path old = leftBehind(".tcptable-1");
    Files.setAttribute(old, "unix:uid", NOBODY);

    PrivateDirectory.in(parent).close();

    assertThat(old.resolve("libtcptable.so")).exists();
  }

  private Path leftBehind(String name) throws IOException {
    Path directory = Files.createDirectory(parent.resolve(name));
    Files.writeString(directory.resolve("libtcptable.so"), "x");
    Files.setLastModifiedTime(directory, FileTime.fromMillis(0));
    return directory;
  }

  @Test
  void isGoneWithWhatItHeld() throws IOException {
    try (PrivateDirectory made = PrivateDirectory.in(parent)) {
      Files.writeString(made.path().resolve("file"), "x");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void isNotMadeWhereOthersMayReplaceIt() throws IOException {
    assertIsNotMadeIn(OPEN_TO_ALL);
  }

  @Test
  void isNotMadeWhereItsGroupMayReplaceIt() throws IOException {
    assumeTrue(
        Files.getAttribute(parent, "unix:uid").equals(0),
        "the group of another user may be that user's own");
    assertIsNotMadeIn(OPEN_TO_THE_GROUP);
  }

  private void assertIsNotMadeIn(int mode) throws IOException {
    mode(mode);
    assertThatThrownBy(() -> PrivateDirectory.in(parent))
        .isInstanceOf(BindingException.class)
        .hasMessage(parent.toRealPath() + " is writable by others and has no sticky bit");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void isNotMadeBelowWhereOthersMayReplaceIt() throws IOException {
    Path below = Files.createDirectories(parent.resolve("a/b"));
    mode(OPEN_TO_ALL);
    assertThatThrownBy(() -> PrivateDirectory.in(below)).isInstanceOf(BindingException.class);
    assertThat(below).isEmptyDirectory();
  }

  @Test
  void aLinkIsFollowedBeforeItIsJudged() throws IOException {
    Path open = Files.createDirectory(parent.resolve("open"));
    Files.setAttribute(open, "unix:mode", OPEN_TO_ALL);
    Path link = Files.createSymbolicLink(parent.resolve("link"), open);
    assertThatThrownBy(() -> PrivateDirectory.in(link)).isInstanceOf(BindingException.class);
  }

  @Test
  void isNotMadeInAnotherUsersDirectory() throws IOException {
    assumeTrue(Files.getAttribute(parent, "unix:uid").equals(0), "giving away needs root");
    Files.setAttribute(parent, "unix:uid", NOBODY);
    assertThatThrownBy(() -> PrivateDirectory.in(parent))
        .isInstanceOf(BindingException.class)
        .hasMessage(parent.toRealPath() + " belongs to another user, UID 65534");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void isNotMadeWhereNothingIs() {
    assertThatThrownBy(() -> PrivateDirectory.in(parent.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
