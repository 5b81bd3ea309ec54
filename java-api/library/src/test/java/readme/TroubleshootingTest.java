// SPDX-License-Identifier: Apache-2.0
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages in {@code docs/TROUBLESHOOTING.md} are those of the sources. */
class TroubleshootingTest {

  private static final Path PAGE = MarkdownPages.CHECKOUT.resolve("docs/TROUBLESHOOTING.md");
  private static final Pattern MESSAGE = Pattern.compile("(?m)^## `(.*)`$");

  /** What differs from one time to another. */
  private static final Pattern VARIES = Pattern.compile("…");

  /** Between two halves of a text that the source holds in two lines. */
  private static final Pattern SEAM = Pattern.compile("\"\\s*\\+\\s*\"");

  @Test
  void eachMessageIsInTheSources() throws IOException {
    String sources = sources();
    List<String> fixed =
        MESSAGE
            .matcher(Files.readString(PAGE))
            .results()
            .flatMap(message -> VARIES.splitAsStream(message.group(1)))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();

    assertThat(fixed).hasSizeGreaterThan(15).allMatch(sources::contains);
  }

  private static String sources() throws IOException {
    StringBuilder sources = new StringBuilder();
    sources.append(Files.readString(MarkdownPages.CHECKOUT.resolve("tcptable")));
    for (String module : List.of("library", "program")) {
      Path main = MarkdownPages.CHECKOUT.resolve("java-api").resolve(module).resolve("src/main");
      try (Stream<Path> files = Files.walk(main)) {
        for (Path file : files.filter(file -> file.toString().matches(".*\\.(java|sh)")).toList()) {
          sources.append(Files.readString(file)).append('\n');
        }
      }
    }
    return SEAM.matcher(sources).replaceAll("");
  }
}
