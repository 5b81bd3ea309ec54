// SPDX-License-Identifier: Apache-2.0
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The places that {@code SECURITY.md} names for each boundary are in the code. */
class SecurityPageTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]* \\| (`[^|]*`) \\|$");
  private static final Pattern PLACE = Pattern.compile("`([^`]+)`");

  @Test
  void eachBoundaryHasItsPlace() throws IOException {
    String page = Files.readString(MarkdownPages.CHECKOUT.resolve("SECURITY.md"));
    List<String> places =
        ROW.matcher(page)
            .results()
            .flatMap(row -> PLACE.matcher(row.group(1)).results())
            .map(place -> place.group(1))
            .toList();

    assertThat(places).hasSizeGreaterThan(15).allMatch(SecurityPageTest::isThere);
  }

  private static boolean isThere(String place) {
    return Stream.of("library", "program")
        .map(module -> MarkdownPages.CHECKOUT.resolve("java-api").resolve(module))
        .map(module -> module.resolve("src/main/java/io/tcptable"))
        .anyMatch(
            root ->
                Files.isDirectory(root.resolve(place))
                    || Files.isRegularFile(root.resolve(place + ".java")));
  }
}
