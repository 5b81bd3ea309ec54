// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.internal.platform.FileFailure;
import io.tcptable.internal.platform.PrivateFiles;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that this program makes, for this user alone. It is made at once, so that a file that
 * cannot be written is known before the work begins. The first failure is kept, and nothing is
 * written after it. For one thread at a time.
 */
public final class NewFile implements AutoCloseable {

  private final Path path;
  private final OutputStream out;
  private @Nullable IOException failure;

  /**
   * Makes it.
   *
   * @throws IOException if it cannot be made; {@link FileAlreadyExistsException} if there is one,
   *     be it a link
   */
  public NewFile(Path path) throws IOException {
    this.path = path;
    Files.newByteChannel(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PrivateFiles.fileMode(path))
        .close();
    // No channel: that would be closed by the interruption that Ctrl-C is.
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
  }

  /** Says in one line that a file could not be made, and gives the exit code of that. */
  public static int refused(Path path, IOException e, Terminal terminal) {
    if (e instanceof FileAlreadyExistsException) {
      terminal.warn(path + " exists; name another file, or remove it");
      return ExitCode.REFUSED;
    }
    terminal.warn("cannot write " + path + ": " + FileFailure.reason(e));
    return ExitCode.FAILED;
  }

  public void write(String text) {
    attempt(() -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  public void flush() {
    attempt(out::flush);
  }

  /** Why it is not complete, in one line; empty if all of it was written. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(e -> "cannot write " + path + ": " + FileFailure.reason(e));
  }

  /** Takes it away again. */
  public void remove() {
    close();
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      keep(e);
    }
  }

  @Override
  public void close() {
    attempt(out::flush);
    try {
      out.close();
    } catch (IOException e) {
      keep(e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void attempt(Work work) {
    if (failure == null) {
      try {
        work.run();
      } catch (IOException e) {
        keep(e);
      }
    }
  }

  private void keep(IOException e) {
    if (failure == null) {
      failure = e;
    }
  }
}
