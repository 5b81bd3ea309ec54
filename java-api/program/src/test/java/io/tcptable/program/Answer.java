// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run of the program in this JVM printed, and how it ended. */
public record Answer(int code, String out, String err) {

  /** Runs with standard output going into a pipe. */
  public static Answer to(String... arguments) {
    return run(false, Map.of(), arguments);
  }

  /** Runs on a screen of this many columns. */
  public static Answer onScreen(int columns, String... arguments) {
    return run(true, Map.of("COLUMNS", Integer.toString(columns)), arguments);
  }

  /** Runs on a screen of 200 columns with one more variable set. */
  public static Answer onScreenWith(String name, String value, String... arguments) {
    Map<String, String> environment = new HashMap<>(Map.of("COLUMNS", "200"));
    environment.put(name, value);
    return run(true, environment, arguments);
  }

  /** Runs on a screen of 80 columns, where a person types this when asked. */
  public static Answer typing(String typed, String... arguments) {
    InputStream keyboard = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    return run(true, Map.of("COLUMNS", "80"), keyboard, arguments);
  }

  public static Answer run(boolean screen, Map<String, String> environment, String... arguments) {
    return run(screen, environment, null, arguments);
  }

  private static Answer run(
      boolean screen,
      Map<String, String> environment,
      @Nullable InputStream keyboard,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new Terminal(out, err, StandardCharsets.UTF_8, screen, environment, keyboard),
            arguments);
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines of standard output. */
  public List<String> lines() {
    return out.lines().toList();
  }

  /** The lines of sockets: all but titles and summary. */
  public List<String> rows() {
    assertThat(lines().get(0)).contains("State").contains("Local");
    return lines().stream()
        .skip(1)
        .filter(line -> !line.matches("[\\d,]+ sockets?:.*| +[\\d,]+ [A-Z].*"))
        .toList();
  }

  public Answer found() {
    assertThat(code).as(err).isZero();
    return this;
  }
}
