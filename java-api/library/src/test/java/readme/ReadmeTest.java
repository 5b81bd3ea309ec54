// SPDX-License-Identifier: Apache-2.0
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void theCodeInTheReadmeIsTheCodeThatCompiles() throws IOException {
    String source = Files.readString(Path.of("src/test/java/readme/ReadmeExample.java"));
    String region = blocks(source, "// README\n(.*?)\n *// README").get(0).stripIndent();

    assertThat(blocks(Files.readString(Path.of("../../README.md")), "```java\n(.*?)\n```"))
        .contains(region);
  }

  @Test
  void theCodeInTheReadmeRuns() throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      ReadmeExample.run();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("connections the application never closed");
  }

  private static List<String> blocks(String text, String marks) {
    return Pattern.compile(marks, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
