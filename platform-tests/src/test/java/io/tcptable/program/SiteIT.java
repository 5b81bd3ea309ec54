// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * The documentation as the build makes pages of it: each link is clicked, from the first page on.
 */
@Tag("once")
class SiteIT {

  private static final Path SITE = Path.of("..", "packages", "target", "site");
  private static final Path CHECKOUT = Path.of("..");

  /** Each page, well-formed. */
  private static final Map<Path, Document> PAGES = new TreeMap<>();

  @BeforeAll
  static void read() throws Exception {
    try (Stream<Path> files = Files.walk(SITE)) {
      for (Path file : (Iterable<Path>) files.filter(SiteIT::isPage)::iterator) {
        PAGES.put(
            SITE.relativize(file),
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(file)))));
      }
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".html");
  }

  @Test
  void eachLinkLeadsSomewhereAndEachPageIsReached() {
    Map<Path, List<String>> anchors = new HashMap<>();
    PAGES.forEach((page, document) -> anchors.put(page, values(document, "id")));
    List<String> broken = new ArrayList<>();
    Map<Path, Path> reached = new TreeMap<>();
    Deque<Path> next = new ArrayDeque<>(List.of(Path.of("index.html")));
    reached.put(Path.of("index.html"), Path.of(""));
    while (!next.isEmpty()) {
      Path page = next.remove();
      for (String link : links(requireNonNull(PAGES.get(page)))) {
        String[] parts = link.split("#", 2);
        Path target =
            parts[0].isEmpty()
                ? page
                : SITE.relativize(SITE.resolve(page).resolveSibling(parts[0]).normalize());
        if (!Files.isRegularFile(SITE.resolve(target))
            || (parts.length > 1 && !anchors.getOrDefault(target, List.of()).contains(parts[1]))) {
          broken.add(page + ": " + link);
        } else if (isPage(target) && reached.putIfAbsent(target, page) == null) {
          next.add(target);
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(reached.keySet()).isEqualTo(PAGES.keySet()).hasSizeGreaterThan(50);
  }

  /** And what they show: nothing of the Markdown is left, and no block of code is lost. */
  @Test
  void thePagesHaveWhatTheDocumentationHas() throws Exception {
    for (Map.Entry<Path, Document> page : PAGES.entrySet()) {
      Path source =
          CHECKOUT.resolve(
              page.getKey().toString().replace("index.html", "README.md").replace(".html", ".md"));
      List<String> lines = Files.readAllLines(source);
      Document document = page.getValue();
      long fences = lines.stream().filter(line -> line.startsWith("```")).count();
      assertThat(document.getElementsByTagName("pre").getLength())
          .as("%s", source)
          .isEqualTo((int) fences / 2);
      long tables = lines.stream().filter(line -> line.matches("\\|[-|: ]+\\|")).count();
      assertThat(document.getElementsByTagName("table").getLength())
          .as("%s", source)
          .isEqualTo((int) tables);
      assertThat(document.getElementsByTagName("main").item(0).getTextContent())
          .as("%s", source)
          .doesNotContain("](", "```", "\n|");
    }
  }

  private static List<String> links(Document page) {
    return Stream.concat(values(page, "href").stream(), values(page, "src").stream())
        .filter(link -> !link.contains("://"))
        .toList();
  }

  /** Of an attribute, wherever it is. */
  private static List<String> values(Document page, String attribute) {
    List<String> values = new ArrayList<>();
    NodeList elements = page.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.hasAttribute(attribute)) {
        values.add(element.getAttribute(attribute));
      }
    }
    return values;
  }
}
