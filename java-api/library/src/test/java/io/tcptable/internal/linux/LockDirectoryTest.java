// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LockDirectoryTest {

  private static final int NOBODY = 65534;

  /** What another user may have put where the directory belongs. */
  enum Squatter {
    LINK("it is not a directory"),
    DANGLING_LINK("it is not a directory"),
    FILE("it is not a directory"),
    OPEN_TO_THE_GROUP("other users can write to it"),
    OPEN_TO_ALL("other users can write to it"),
    OF_ANOTHER_USER("it belongs to another user, UID " + NOBODY);

    private final String reason;

    Squatter(String reason) {
      this.reason = reason;
    }

    private void at(Path place) throws IOException {
      switch (this) {
        case LINK -> Files.createSymbolicLink(place, place.getParent());
        case DANGLING_LINK -> Files.createSymbolicLink(place, place.resolveSibling("missing"));
        case FILE -> Files.createFile(place);
        case OPEN_TO_THE_GROUP -> open(place, "rwxrwx---");
        case OPEN_TO_ALL -> open(place, "rwxrwxrwx");
        case OF_ANOTHER_USER ->
            Files.setAttribute(Files.createDirectory(place), "unix:uid", NOBODY);
      }
    }

    private static void open(Path place, String permissions) throws IOException {
      Files.createDirectory(place);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(permissions));
    }
  }

  @TempDir private Path directory;
  private int uid;

  @BeforeEach
  void ask() throws IOException {
    uid = (Integer) Files.getAttribute(directory, "unix:uid");
  }

  private static String permissions(Path of) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(of));
  }

  @Test
  void itIsMadeForThisUserAlone() throws IOException {
    Path place = directory.resolve("above/locks");

    assertThat(LockDirectory.firstUsable(List.of(place), uid)).isEqualTo(place);
    assertThat(permissions(place)).isEqualTo("rwx------");
    assertThat(LockDirectory.firstUsable(List.of(place), uid)).as("again").isEqualTo(place);
  }

  @ParameterizedTest
  @EnumSource
  void whereAnotherUserMayHaveBeenTheNextOneIsUsed(Squatter squatter) throws IOException {
    assumeTrue(squatter != Squatter.OF_ANOTHER_USER || uid == 0, "giving away needs root");
    Path squatted = directory.resolve("squatted");
    squatter.at(squatted);
    Path next = directory.resolve("next");

    assertThat(LockDirectory.firstUsable(List.of(squatted, next), uid)).isEqualTo(next);
    assertThatThrownBy(() -> LockDirectory.firstUsable(List.of(squatted), uid))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no directory for lock files can be used: " + squatted + ": " + squatter.reason);
    assertThat(directory.resolve("missing")).doesNotExist();
  }

  @Test
  void ifNoneCanBeUsedItSaysWhyNoneCan() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(
            () ->
                LockDirectory.firstUsable(
                    List.of(file.resolve("below"), Path.of("?/relative"), file), uid))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no directory for lock files can be used: "
                + file
                + "/below: something else is there; ?/relative: it is not an absolute path; "
                + file
                + ": it is not a directory");
  }
}
