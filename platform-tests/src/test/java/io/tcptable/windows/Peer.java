// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** {@code peer.exe}: a Windows process that listens or connects; ends when this is closed. */
final class Peer implements AutoCloseable {

  static final int CLOSED = 7;

  private static final int SECONDS_TO_END = 60;

  private final Process process;
  private final long pid;

  private Peer(String... arguments) {
    process = Wine.start("peer.exe", arguments);
    BufferedReader output = process.inputReader(StandardCharsets.US_ASCII);
    try {
      String line = output.readLine();
      if (line == null) {
        InputStream errors = process.getErrorStream();
        throw new AssertionError(
            "peer %s did not begin: %s"
                .formatted(
                    String.join(" ", arguments),
                    // No more: a desktop that Wine has started may keep it open.
                    new String(errors.readNBytes(errors.available()), StandardCharsets.US_ASCII)));
      }
      pid = Long.parseLong(line.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens, and answers that it is healthy. */
  static Peer healthy(int family, int port) {
    return new Peer("healthy", Integer.toString(family), Integer.toString(port));
  }

  /** Listens and accepts, and does nothing else. */
  static Peer hung(int family, int port) {
    return new Peer("hung", Integer.toString(family), Integer.toString(port));
  }

  /** The same with a window, and ends with it, with the exit code {@link #CLOSED}. */
  static Peer withWindow(int family, int port) {
    return new Peer("window", Integer.toString(family), Integer.toString(port));
  }

  /** Connects several times. */
  static Peer client(int family, int port, int count) {
    return new Peer(
        "client", Integer.toString(family), Integer.toString(port), Integer.toString(count));
  }

  /** The number Windows knows it by. */
  long pid() {
    return pid;
  }

  /** Whether the process has ended, as its Unix parent sees it. */
  boolean hasEnded() {
    return !process.isAlive();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
