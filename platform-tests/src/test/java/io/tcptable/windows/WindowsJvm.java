// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs programs on a JVM for Windows, in Wine, from a directory of drive C. */
final class WindowsJvm {

  private static final Path JRES =
      Path.of("target", System.getProperty("tcptable.test.jre", "jre-windows")).toAbsolutePath();
  private static final int SECONDS = 240;
  private static final String DRIVE = "C:\\";
  private static final String JAR_FOLDER = "java-api/program/target";
  private static final String JAR = JAR_FOLDER + "/tcptable-program-1-all.jar";
  private static final String RANDOM = "random.properties";

  /** Java 21 says what Wine does not have. */
  private static final Pattern ABOUT_WINE =
      Pattern.compile("(?m)^OpenJDK .* warning: Attempt to get process group affinity.*\n");

  private static final Pattern BINDINGS =
      Pattern.compile("/(?:jna|jnr-\\w+|jffi|asm[\\w-]*)-[\\d.]+");

  private final Path folder;
  private final String name;
  private final Map<String, String> variables = new HashMap<>();

  /**
   * Makes the directory, with the packaged program, {@code peer.exe} and a link to the JRE.
   *
   * @param name the directory of a checkout; no two tests may have the same
   */
  WindowsJvm(String name) {
    this.name = name;
    try {
      folder = Files.createDirectories(Wine.driveC().resolve(name));
      Files.createDirectories(folder.resolve(JAR_FOLDER));
      copy(ProgramJar.path(), folder.resolve(JAR));
      copy(Path.of("../tcptable.cmd"), folder.resolve("tcptable.cmd"));
      copy(Wine.program("peer.exe"), folder.resolve("peer.exe"));
      Files.deleteIfExists(folder.resolve("jre"));
      Files.createSymbolicLink(folder.resolve("jre"), jre());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As the build has unpacked it. */
  private static Path jre() throws IOException {
    try (Stream<Path> files = Files.find(JRES, 3, (file, is) -> file.endsWith("jre"))) {
      return files
          .findFirst()
          .orElseThrow(() -> new AssertionError(JRES + " has no JRE: mvn pre-integration-test"));
    }
  }

  /** The first number of the version of the JRE. */
  static int javaVersion() throws IOException {
    Matcher version =
        Pattern.compile("JAVA_VERSION=\"(\\d+)")
            .matcher(Files.readString(jre().resolve("release")));
    assertThat(version.find()).isTrue();
    return Integer.parseInt(version.group(1));
  }

  /** The directory, for this JVM. */
  Path folder() {
    return folder;
  }

  /** What Windows programs call a file in the directory. */
  String path(String file) {
    return DRIVE + name + "\\" + file.replace('/', '\\');
  }

  /** Adds directories to the PATH of what is run from now on, as Windows writes them. */
  void path(List<String> directories) {
    variables.put("WINEPATH", String.join(";", directories));
  }

  /**
   * The program with the libraries of jna and jnr. These take random names for files, and in Wine
   * 10 a Java 17 gets none without the generator of Windows: it cannot list network interfaces
   * there.
   */
  List<String> withBindings() throws IOException {
    Files.writeString(
        folder.resolve(RANDOM), "security.provider.1=SunMSCAPI\nsecurity.provider.2=SUN\n");
    return List.of("-Djava.security.properties=" + path(RANDOM), "-cp", classPathWithBindings());
  }

  /** The program, and of the class path of this test what the bindings jna and jnr need. */
  private String classPathWithBindings() {
    return Stream.concat(
            Stream.of(path(JAR)),
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(it -> BINDINGS.matcher(it.toString()).find())
                .map(it -> Wine.path(it.toAbsolutePath())))
        .collect(Collectors.joining(";"));
  }

  /** A directory of classes that the build has made, and the program. */
  String classPath(String classes) {
    return Wine.path(Path.of("target", classes).toAbsolutePath()) + ";" + path(JAR);
  }

  /** Runs the packaged program. */
  Run tcptable(String... arguments) {
    return java(List.of("-jar", path(JAR)), arguments);
  }

  /** Runs a JVM with the options of the launcher. */
  Run java(List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(List.of(path("jre/bin/java.exe")));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs the launcher in the command interpreter. */
  Run launcher(String... arguments) {
    List<String> command = new ArrayList<>(List.of("cmd", "/c", "tcptable.cmd"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /**
   * Runs any program, with the JRE for the launcher. Output goes to files: a server that a program
   * starts keeps the pipes of the program.
   */
  Run run(List<String> words) {
    List<String> command = new ArrayList<>(List.of("wine"));
    command.addAll(words);
    try {
      Path out = Files.createTempFile("windows-", ".out");
      Path err = Files.createTempFile("windows-", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      List.of("COLUMNS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_HOME", "TCPTABLE_JAVA")
          .forEach(builder.environment()::remove);
      builder.environment().putAll(Wine.environment());
      builder.environment().putAll(variables);
      builder.environment().put("JAVA_HOME", path("jre"));
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(words + " does not end; it said " + text(out) + text(err));
      }
      Run run =
          new Run(process.exitValue(), text(out), ABOUT_WINE.matcher(text(err)).replaceAll(""));
      Files.delete(out);
      Files.delete(err);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }
}
