// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.FileFailure;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file that takes the output of a server. Other users may have put something in its place, so
 * only a regular file of this user is written to, where no other user can replace it, no link of
 * that name is followed and nothing is opened that may block. A new one is for this user alone.
 */
record LogFile(Path path) {

  LogFile {
    path = path.toAbsolutePath();
  }

  /** Why it cannot be used; empty if it can, as far as one may know without making it. */
  Optional<Refusal> refusal() {
    try {
      check();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unusable(e));
    }
  }

  /** Makes it if it is not there, to know that it can be written. */
  void open() throws StepException {
    try {
      check();
      Path directory = path.getParent();
      if (directory != null) {
        Files.createDirectories(directory, mode("rwx------"));
      }
      if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
        // Fails if something else comes there meanwhile, be it a link.
        Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                mode("rw-------"))
            .close();
      }
      check();
      Files.newByteChannel(
              path,
              Set.of(
                  StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))
          .close();
    } catch (IOException e) {
      throw new StepException(unusable(e));
    }
  }

  /** Before it is opened: opening a pipe would wait for its reader. */
  private void check() throws IOException {
    Platforms.current().requireOwnFile(path);
  }

  private Refusal unusable(IOException e) {
    return Refusal.hint(
        Kind.COMMAND_UNUSABLE,
        "the log " + path + " cannot be written: " + FileFailure.reason(e),
        "Choose a log file of your own.");
  }

  private FileAttribute<?>[] mode(String permissions) {
    return system().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private FileSystem system() {
    return path.getFileSystem();
  }

  /** The path, and that it is new if it is. */
  String describe() {
    return path
        + (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
            ? ""
            : " (new, readable by this user only)");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
