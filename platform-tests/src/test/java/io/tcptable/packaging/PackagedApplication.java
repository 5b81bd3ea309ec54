// SPDX-License-Identifier: Apache-2.0
package io.tcptable.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.TcpTable;
import io.tcptable.program.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Where the jars are that the build has made, and the commands that run them on this JVM. */
final class PackagedApplication {

  static final String MAIN = "io.tcptable.application.Application";

  private static final Path BUILT = Path.of("application/target").toAbsolutePath();

  static final Path JDK = Path.of(System.getProperty("java.home"));

  private PackagedApplication() {}

  static Path library() {
    return jarOf(TcpTable.class);
  }

  static Path application() {
    return jar("");
  }

  static Path natives() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(Path::of)
        .filter(jar -> jar.getFileName().toString().startsWith("tcptable-native-"))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the JDK that has built this had it. */
  static boolean isBuiltWithFfm() {
    try (JarFile jar = new JarFile(library().toFile())) {
      return jar.stream().anyMatch(entry -> entry.getName().startsWith("META-INF/versions/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A fat jar by its classifier. */
  static Path fatJar(String classifier) {
    return jar("-" + classifier);
  }

  private static Path jar(String suffix) {
    assumeTrue(Files.isDirectory(BUILT), "platform-tests/application has not been built");
    try (Stream<Path> jars = Files.list(BUILT)) {
      return jars.filter(
              jar -> jar.toString().matches(".*-application-[^-]+(-SNAPSHOT)?" + suffix + "\\.jar"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Joined as a path of classes or modules. */
  static String path(Path... jars) {
    return String.join(":", Arrays.stream(jars).map(Path::toString).toList());
  }

  /** Runs java with these arguments, quiet about native access for that module. */
  static Run java(String module, String... arguments) {
    List<String> command = new ArrayList<>(List.of(JDK.resolve("bin/java").toString()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=" + module);
    }
    command.addAll(List.of(arguments));
    return Run.of(command);
  }

  /** What a run said that saw its own listener and its owner. */
  static List<String> said(Run run) {
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).contains("owner=true", "own=1");
    return lines;
  }
}
