// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownTest {

  @TempDir Path directory;

  @Test
  void writesATable() {
    StringBuilder text = new StringBuilder();

    Markdown.table(text, List.of("", "one", "two"), List.of(List.of("a", "1", "2")));

    assertThat(text).hasToString("|  | one | two |\n|---|--:|--:|\n| a | 1 | 2 |\n\n");
  }

  @Test
  void replacesOnlyWhatItGenerated() throws IOException {
    Path file = directory.resolve("RESULTS.md");
    Files.writeString(
        file, "before\n<!-- benchmarks: begin -->\nold\n<!-- benchmarks: end -->\nafter\n");

    Markdown.replaceIn(file, "benchmarks", "new\n");

    assertThat(file)
        .hasContent("before\n<!-- benchmarks: begin -->\nnew\n<!-- benchmarks: end -->\nafter\n");
  }

  @Test
  void refusesAFileWithoutAPlaceForIt() throws IOException {
    Path file = directory.resolve("RESULTS.md");
    Files.writeString(file, "all by hand\n");

    assertThatThrownBy(() -> Markdown.replaceIn(file, "benchmarks", "new\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no markers");
    assertThat(file).hasContent("all by hand\n");
  }
}
