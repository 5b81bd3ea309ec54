// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The maps in the package descriptions name classes that there are. */
class PackageMapsTest {

  private static final Path SOURCES = Path.of("src/main");

  private static final Pattern MAP = Pattern.compile("<pre>(.*?)</pre>", Pattern.DOTALL);

  /** A name of several words, such as {@code LinuxPlatform}. */
  private static final Pattern CLASS_NAME = Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*[A-Z]\\w*");

  private static final Set<String> FUNCTIONS_OF_WINDOWS = Set.of("GetExtendedTcpTable");

  @Test
  void eachClassInAMapExists() throws IOException {
    Set<String> classes = files().map(PackageMapsTest::className).collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    int maps = 0;
    for (Path description : files().filter(f -> f.endsWith("package-info.java")).toList()) {
      for (MatchResult map : MAP.matcher(Files.readString(description)).results().toList()) {
        maps++;
        CLASS_NAME
            .matcher(map.group(1))
            .results()
            .map(MatchResult::group)
            .filter(name -> !classes.contains(name) && !FUNCTIONS_OF_WINDOWS.contains(name))
            .forEach(name -> unknown.add(description + ": " + name));
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(maps).as("maps").isGreaterThan(5);
  }

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    }
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }
}
