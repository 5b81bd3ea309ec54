// SPDX-License-Identifier: Apache-2.0
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/BINDINGS.md} names all that the native library offers, and nothing that it lacks. */
class NativeCallsTest {

  private static final Path SOURCES = MarkdownPages.CHECKOUT.resolve("native/src/main/c");
  private static final Path PAGE = MarkdownPages.CHECKOUT.resolve("docs/BINDINGS.md");

  /** An entry of a table for JNI, or a function for any language. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:^ *\\{|NATIVE\\()\"(\\w+)\"|visibility\\(\"default\"\\)\\)\\) int (\\w+)\\(",
          Pattern.MULTILINE);

  private static final Pattern NAMED = Pattern.compile("`(\\w+)`");
  private static final Set<String> NO_CALLS = Set.of("jni", "LinuxCalls", "WindowsCalls");

  @Test
  void thePageNamesEach() throws IOException {
    Set<String> offered = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(it -> it.toString().matches(".*\\.[ch]")).toList()) {
        ENTRY
            .matcher(Files.readString(file))
            .results()
            .map(entry -> entry.group(1) == null ? entry.group(2) : entry.group(1))
            .forEach(offered::add);
      }
    }
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("## What the native library does"));
    Set<String> named =
        NAMED.matcher(section).results().map(it -> it.group(1)).collect(Collectors.toSet());

    assertThat(offered).contains("socket_links", "GetExtendedTcpTable", "tcptable_bpf_iter_create");
    assertThat(named).containsAll(offered);
    named.removeAll(offered);
    assertThat(NO_CALLS).containsAll(named);
  }
}
