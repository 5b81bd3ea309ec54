// SPDX-License-Identifier: Apache-2.0
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java code in the documentation compiles; what changes nothing runs, too. */
class ReadmeTest {

  @Test
  void theCodeInTheDocumentationIsTheCodeThatCompiles() throws IOException {
    String source = Files.readString(Path.of("src/test/java/readme/ReadmeExample.java"));
    List<String> compiled =
        blocks(source, " // example\n(.*?)\n *// example\n").stream()
            .map(String::stripIndent)
            .toList();
    List<String> shown = new ArrayList<>();
    for (Path page : MarkdownPages.all()) {
      shown.addAll(blocks(Files.readString(page), "```java\n(.*?)\n```"));
    }

    assertThat(shown).containsExactlyInAnyOrderElementsOf(compiled);
  }

  @Test
  void theCodeInTheDocumentationRuns() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      ReadmeExample.snapshot();
      ReadmeExample.tables();
      ReadmeExample.holders();
      ReadmeExample.oneProcess();
      ReadmeExample.transfer();
      ReadmeExample.json();
      ReadmeExample.differences();
      ReadmeExample.watch();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(": [", "connections the application never closed");
  }

  private static List<String> blocks(String text, String marks) {
    return Pattern.compile(marks, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
