// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.ListenAddress;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.FileFailure;
import io.tcptable.internal.platform.PrivateFiles;
import io.tcptable.internal.server.PortScope;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The file that takes the output of a server. Other users may have put something in its place, so
 * only a regular file of this user is written to, where no other user can replace it, no link of
 * that name is followed and nothing is opened that may block. A new one is for this user alone.
 *
 * <p>A file of another user, as whom the server runs, is opened by the server itself: then it is
 * that user's right that counts. It is not read either.
 *
 * @param path where it is
 * @param opener the user who opens it, if that is another one
 * @param discards whether it is no file, but takes all and keeps nothing
 */
record LogFile(Path path, OptionalLong opener, boolean discards) {

  LogFile {
    path = path.toAbsolutePath();
  }

  /** One of this user. */
  static LogFile own(Path path) {
    return new LogFile(path, OptionalLong.empty(), false);
  }

  /** One of another user. */
  static LogFile of(long user, Path path) {
    return new LogFile(path, OptionalLong.of(user), false);
  }

  /** What takes all and keeps nothing. */
  static LogFile discarding(Path path) {
    return new LogFile(path, OptionalLong.empty(), true);
  }

  /** Where the output of a server goes unless told otherwise: one file for what is named. */
  static Path usual(PortScope scope) {
    String address = scope.address().map(it -> "-" + nameOf(it)).orElse("");
    return Platforms.current()
        .stateDirectory()
        .resolve("tcptable-" + scope.port() + address + ".log");
  }

  /** The address without its port; no system allows all of its characters in the name of a file. */
  private static String nameOf(ListenAddress address) {
    return address
        .toString()
        .replaceFirst(":[0-9]+$", "")
        .replaceAll("[\\[\\]]", "")
        .replaceAll("[^A-Za-z0-9.]", "_");
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
      if (!discards && opener.isEmpty()) {
        make();
        check();
        Files.newByteChannel(
                path,
                Set.of(
                    StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS))
            .close();
      }
    } catch (IOException e) {
      throw new StepException(unusable(e));
    }
  }

  private void make() throws IOException {
    Path directory = path.getParent();
    if (directory != null) {
      Files.createDirectories(directory, PrivateFiles.directoryMode(directory));
    }
    PrivateFiles.make(path);
  }

  /** Before it is opened: opening a pipe would wait for its reader. */
  private void check() throws IOException {
    if (discards) {
      return;
    }
    if (opener.isPresent()) {
      Platforms.current().requireFileOf(opener.getAsLong(), path);
    } else {
      Platforms.current().requireOwnFile(path);
    }
  }

  private Refusal unusable(IOException e) {
    return Refusal.hint(
        Kind.COMMAND_UNUSABLE,
        "the log " + path + " cannot be written: " + FileFailure.reason(e),
        "Choose a log file of your own.");
  }

  /** The file, if the server opens it itself. */
  Optional<Path> openedByServer() {
    return opener.isPresent() ? Optional.of(path) : Optional.empty();
  }

  /** For what this process opens. */
  Redirect redirect() {
    return discards || opener.isPresent() ? Redirect.DISCARD : Redirect.appendTo(path.toFile());
  }

  /** How long it is; 0 if it is not for this user to read. */
  long size() throws IOException {
    return isReadable() ? Files.size(path) : 0;
  }

  /**
   * The last lines; none if they are not for this user to read.
   *
   * @param from how long it was before
   */
  List<String> lastLines(long from) {
    return isReadable() ? LogTail.read(path, from) : List.of();
  }

  private boolean isReadable() {
    return !discards && opener.isEmpty();
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
