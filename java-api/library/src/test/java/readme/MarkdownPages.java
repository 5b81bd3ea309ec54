// SPDX-License-Identifier: Apache-2.0
package readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The documentation: Markdown in the root of the checkout, in {@code docs} and in {@code
 * benchmarks}.
 */
final class MarkdownPages {

  static final Path CHECKOUT = Path.of("..", "..");

  private MarkdownPages() {}

  static List<Path> all() throws IOException {
    List<Path> pages = new ArrayList<>(in(CHECKOUT, 1));
    pages.addAll(in(CHECKOUT.resolve("benchmarks"), 1));
    pages.addAll(in(CHECKOUT.resolve("docs"), 2));
    return pages;
  }

  private static List<Path> in(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }
}
