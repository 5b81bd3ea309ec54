package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that has ended, and what it printed. */
record Run(int code, String out, String err) {

  private static final int SECONDS = 60;

  static Run of(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    // What a developer's shell may have set is not part of these tests.
    List.of("COLUMNS", "NO_COLOR", "CLICOLOR_FORCE", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    builder.environment().put("TERM", "xterm");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> err =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      String out = text(process.getInputStream());
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      return new Run(process.exitValue(), out, err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(java.io.InputStream bytes) {
    try {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of standard error but the note on processes that are hidden even from root. */
  List<String> complaints() {
    return err.lines().filter(line -> !line.contains("could not look into")).toList();
  }
}
