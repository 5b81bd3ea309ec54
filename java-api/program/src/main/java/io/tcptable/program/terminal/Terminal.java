// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import io.tcptable.internal.Platforms;
import io.tcptable.program.foreign.TerminalText;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the program writes to, and what is known of it: a person's screen, a pipe or a file. */
public final class Terminal {

  /** The width of what is no screen: lines there are as long as they are. */
  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int BUFFER = 32 * 1024;

  private final ErrorTrackingStream written;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private final Map<String, String> environment;
  private final @Nullable BufferedReader keyboard;

  /**
   * @param charset of text for people; JSON and CSV are UTF-8 whatever it is
   * @param interactive whether {@code out} is a screen
   * @param environment where {@code COLUMNS} and {@code NO_COLOR} are looked up
   */
  public Terminal(
      OutputStream out,
      OutputStream err,
      Charset charset,
      boolean interactive,
      Map<String, String> environment) {
    this(out, err, charset, interactive, environment, null);
  }

  /**
   * @param keyboard where a person answers questions, or null if nobody would
   */
  public Terminal(
      OutputStream out,
      OutputStream err,
      Charset charset,
      boolean interactive,
      Map<String, String> environment,
      @Nullable InputStream keyboard) {
    this.keyboard =
        keyboard == null ? null : new BufferedReader(new InputStreamReader(keyboard, charset));
    this.written = new ErrorTrackingStream(out);
    this.out = new PrintStream(new BufferedOutputStream(written, BUFFER), false, charset);
    this.err = new PrintStream(err, true, charset);
    this.interactive = interactive;
    this.environment = environment;
  }

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        charset(),
        isTerminal(1),
        System.getenv(),
        isTerminal(0) ? System.in : null);
  }

  /** The name of this property was another one before Java 19. */
  private static Charset charset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.forName(System.getProperty("native.encoding", "UTF-8"));
  }

  /**
   * Asks the system what this descriptor is. {@code System.console()} would also want standard
   * input to be a terminal, which it is not in a shell's {@code while read port} loop.
   */
  private static boolean isTerminal(int descriptor) {
    return Platforms.current().isTerminal(descriptor).orElseGet(Terminal::isConsole);
  }

  /** From Java 22 on there is a console even without a terminal, and it says so. */
  @SuppressWarnings("SystemConsoleNull") // It is null before Java 22.
  private static boolean isConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** For answers. Buffered until {@link #finish()}. */
  public PrintStream out() {
    return out;
  }

  /** Prints one line of trouble or advice, after what has been answered so far. */
  public void warn(String line) {
    out.flush();
    err.println("tcptable: " + TerminalText.of(line));
  }

  /** Prints where a failure comes from, for whoever mends it. */
  public void trace(Throwable failure) {
    failure.printStackTrace(err);
  }

  public boolean isInteractive() {
    return interactive;
  }

  /** Whether there is a person to be asked. */
  public boolean canAsk() {
    return interactive && keyboard != null;
  }

  /** Whether there is a person at a screen whose cursor can be moved. */
  public boolean isScreen() {
    String type = variable("TERM");
    return canAsk() && type != null && !type.equals("dumb");
  }

  /** Asks the person, whose answer is yes if it begins so; no answer at all is a no. */
  public boolean asks(String question) throws IOException {
    out.print(question + " [y/N] ");
    out.flush();
    String answer = keyboard == null ? null : keyboard.readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /** How many columns a line may take: {@link #UNLIMITED} unless a screen is there to fit. */
  public int width() {
    return interactive ? TerminalWidth.of(environment) : UNLIMITED;
  }

  /** A variable of the environment; empty counts as not set, as NO_COLOR and others demand. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Whether what is written does not arrive any more: the reader has left, or the disk is full. */
  public boolean isCutOff() {
    return written.failure() != null;
  }

  /** Writes out what is left. A failure is returned, unless the reader just had enough. */
  public @Nullable IOException finish() {
    out.flush();
    IOException failure = written.failure();
    return failure == null || String.valueOf(failure.getMessage()).contains("pipe")
        ? null
        : failure;
  }
}
