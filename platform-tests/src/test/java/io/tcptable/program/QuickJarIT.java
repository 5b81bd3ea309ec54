// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.Loopback;

/** The bundled jar has classes in the place of its lambdas, which start sooner. */
class QuickJarIT {

  private static final Pattern MADE_BY_BUILD = Pattern.compile("io/tcptable/.*\\$\\$\\d+\\.class");
  private static final String MADE_BY_JVM = "$$Lambda";

  /** In the jar of a build by a JDK that can make them. */
  private final List<String> made = made();

  @BeforeEach
  void requireThem() {
    assumeTrue(
        !made.isEmpty() || Runtime.version().feature() >= 24,
        "the JDK of the build is older than 24");
  }

  @Test
  void theJvmHasNoneToMakeForAList(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("classes");
    try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4)) {
      Run list =
          Run.of(
              ProgramJar.command(
                  List.of("-Xlog:class+load:file=" + log), "list", "" + listener.getLocalPort()));
      assertThat(list.code()).as(list.err()).isZero();
    }

    List<String> ours =
        Files.readAllLines(log).stream().filter(line -> line.contains(" io.tcptable.")).toList();
    assertThat(ours).filteredOn(line -> line.contains("$$")).hasSizeGreaterThan(10);
    assertThat(ours).filteredOn(line -> line.contains(MADE_BY_JVM)).isEmpty();
  }

  /** The JVM verifies a class before it is initialized. */
  @Test
  void eachIsAcceptedByTheJvm() throws Exception {
    URL[] path = {ProgramJar.path().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      assertThat(made).hasSizeGreaterThan(1000);
      for (String name : made) {
        Class<?> type = Class.forName(name, true, loader);
        assertThat(type.getNestHost().isNestmateOf(type)).as(name).isTrue();
        assertThat(type.getNestHost()).as(name).isNotEqualTo(type);
      }
    }
  }

  private static List<String> made() {
    try (JarFile jar = new JarFile(ProgramJar.path().toFile())) {
      return Collections.list(jar.entries()).stream()
          .map(JarEntry::getName)
          .filter(name -> MADE_BY_BUILD.matcher(name).matches())
          .map(name -> name.substring(0, name.indexOf(".class")).replace('/', '.'))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
