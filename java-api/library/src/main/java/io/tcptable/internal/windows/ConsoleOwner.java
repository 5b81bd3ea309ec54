// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.NativeLibrary;
import io.tcptable.internal.platform.ChildProcesses;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks processes on consoles to end, by {@link ConsoleInterrupt} in a JVM of its own with the
 * classes of this one. Where that cannot be started, as in a native image or a jar of jars, no such
 * process can be asked.
 */
final class ConsoleOwner {

  /** A JVM starts in half a second. */
  private static final int MOST_SECONDS = 10;

  /** What would change another JVM, or make it print. */
  private static final List<String> OPTIONS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private ConsoleOwner() {}

  /**
   * Sends Ctrl-C to each console on which some of these are, and no others; whether it was sent.
   * Takes about half a second.
   *
   * @param pids of processes that are held, so that the PIDs are not given away meanwhile
   * @param waiting for them, so that it may reach these too
   */
  static boolean interrupt(Set<Integer> pids, Set<Integer> waiting) {
    Path java = Path.of(System.getProperty("java.home", ""), "bin", "java.exe");
    if (!Files.exists(java)) {
      return false;
    }
    ProcessBuilder builder =
        new ProcessBuilder(command(java, pids, waiting))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    OPTIONS.forEach(environment::remove);
    environment.put("CLASSPATH", classes());
    try {
      Process process = ChildProcesses.start(builder);
      process.getOutputStream().close();
      return hasSent(process);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasSent(Process process) {
    try {
      if (process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == ConsoleInterrupt.SENT;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }

  private static List<String> command(Path java, Set<Integer> pids, Set<Integer> waiting) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    // It must not end by the Ctrl-C that it sends.
    command.addAll(List.of("-Xrs", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    Stream.of(BindingSelection.PROPERTY, NativeLibrary.PROPERTY)
        .filter(name -> System.getProperty(name) != null)
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.add(ConsoleInterrupt.class.getName());
    pids.forEach(pid -> command.add(Integer.toString(pid)));
    command.add(ConsoleInterrupt.WAITING);
    waiting.forEach(pid -> command.add(Integer.toString(pid)));
    return command;
  }

  /** In a variable, as a command line could be too short for them. */
  private static String classes() {
    return Stream.of("java.class.path", "jdk.module.path")
        .map(System::getProperty)
        .filter(Objects::nonNull)
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
