// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTable;
import io.tcptable.agreement.SmallNetwork;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM like this one, with a class path and options of the test's choice, that runs a probe. */
public final class ForkedJvm {

  private static final int MOST_SECONDS = 300;

  private final String probe;
  private final List<String> arguments;
  private final List<String> prefix = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private final List<String> modulePath = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** Asks for the binding. */
  ForkedJvm() {
    this(BindingProbe.class);
  }

  public ForkedJvm(Class<?> probe, String... arguments) {
    this.probe = probe.getName();
    this.arguments = List.of(arguments);
    classPath.add(locationOf(probe));
  }

  /** The jar of the library. */
  static String tcptable() {
    return locationOf(TcpTable.class);
  }

  /** The jars of this test's class path whose names begin so. */
  static List<String> jars(String... beginnings) {
    List<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(
                path ->
                    Arrays.stream(beginnings)
                        .anyMatch(Path.of(path).getFileName().toString()::startsWith))
            .toList();
    assertThat(jars).hasSizeGreaterThanOrEqualTo(beginnings.length);
    return jars;
  }

  /** The jar with the JNI library. */
  static String tcptableNative() {
    return jars("tcptable-native-").get(0);
  }

  static List<String> jna() {
    return jars("jna-");
  }

  /** jnr-ffi with all that it needs. */
  static List<String> jnr() {
    return jars("jnr-ffi-", "jffi-", "asm-", "jnr-a64asm-", "jnr-x86asm-");
  }

  /** All that there is. */
  public static List<String> everything() {
    return List.of(System.getProperty("java.class.path").split(":"));
  }

  static boolean isRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private static String locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  ForkedJvm classPath(String... paths) {
    return classPath(List.of(paths));
  }

  public ForkedJvm classPath(List<String> paths) {
    classPath.addAll(paths);
    return this;
  }

  ForkedJvm modulePath(List<String> paths) {
    modulePath.addAll(paths);
    return this;
  }

  public ForkedJvm option(String option) {
    options.add(option);
    return this;
  }

  /** What native access costs on this JDK: nothing to say on 17, which knows no such thing. */
  public ForkedJvm nativeAccess(String... modules) {
    return Runtime.version().feature() < 22
        ? this
        : option("--enable-native-access=" + String.join(",", modules));
  }

  ForkedJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Begins the command line, as {@code unshare} and the like do. */
  ForkedJvm under(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  /** Where permitted in namespaces of its own, so that there are few processes and sockets. */
  public ForkedJvm alone() throws IOException {
    if (isRoot()) {
      prefix.addAll(SmallNetwork.unshare("--pid", "--fork", "--kill-child", "--mount-proc"));
      under("sh", "-c", "ip link set lo up && \"$@\"; exit $?", "sh");
    }
    return this;
  }

  public Outcome run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // In a PID namespace it warns among its answers that another JVM has its PID too.
    command.add("-XX:-UsePerfData");
    // Started often and for a short time.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    if (!modulePath.isEmpty()) {
      command.addAll(List.of("--module-path", String.join(":", modulePath)));
    }
    command.addAll(List.of("-cp", String.join(":", classPath), probe));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("XDG_RUNTIME_DIR");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    // Short: neither stream fills its pipe.
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end after " + MOST_SECONDS + " s: " + command);
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(out, err);
  }

  /**
   * What the probe said.
   *
   * @param output its lines
   * @param errors all of stderr, warnings of the JDK too
   */
  public record Outcome(String output, String errors) {

    /** By what stands before the equals sign. */
    public Map<String, String> said() {
      return output
          .lines()
          .map(line -> line.split("=", 2))
          .collect(
              Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a, LinkedHashMap::new));
    }

    String error() {
      assertThat(said()).as(errors).containsOnlyKeys("error");
      return said().getOrDefault("error", "");
    }

    String binding() {
      assertThat(said()).as(errors).containsKey("binding");
      return said().getOrDefault("binding", "");
    }
  }
}
