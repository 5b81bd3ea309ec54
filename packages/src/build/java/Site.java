// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A step of the build: the documentation as pages of HTML, which need no server. Arguments: {@code
 * CHECKOUT FOLDER}. Each page keeps its place, so that links stay as they are but for the ending.
 */
public final class Site {

  private static final List<TablesExtension> EXTENSIONS = List.of(tables());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

  private final Path checkout;
  private final Path folder;
  private final List<Path> pages = new ArrayList<>();

  /** What pages link to that is no page. */
  private final Set<Path> files = new TreeSet<>();

  private Site(Path checkout, Path folder) {
    this.checkout = checkout;
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    Site site = new Site(Path.of(args[0]).toRealPath(), Path.of(args[1]));
    site.find("", 1);
    site.find("docs", 2);
    site.find("benchmarks", 1);
    for (Path page : site.pages) {
      site.write(page);
    }
    for (Path file : site.files) {
      site.copy(site.checkout.resolve(file), file);
    }
    site.copy(Path.of("src/main/site/style.css"), Path.of("style.css"));
  }

  private static TablesExtension tables() {
    return (TablesExtension) TablesExtension.create();
  }

  private void find(String part, int depth) throws IOException {
    try (Stream<Path> found = Files.walk(checkout.resolve(part), depth)) {
      found
          .filter(file -> file.toString().endsWith(".md"))
          .map(checkout::relativize)
          .sorted()
          .forEach(pages::add);
    }
  }

  private void copy(Path from, Path to) throws IOException {
    Path copy = folder.resolve(to);
    Files.createDirectories(copy.getParent());
    Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write(Path page) throws IOException {
    Node document = PARSER.parse(Files.readString(checkout.resolve(page)));
    Map<Node, String> anchors = new HashMap<>();
    List<String> headings = new ArrayList<>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Heading heading) {
            String text = TextContentRenderer.builder().build().render(heading).strip();
            headings.add(text);
            anchors.put(heading, anchor(text, anchors));
            visitChildren(heading);
          }

          @Override
          public void visit(Link link) {
            link.setDestination(destination(page, link.getDestination()));
            visitChildren(link);
          }

          @Override
          public void visit(Image image) {
            image.setDestination(destination(page, image.getDestination()));
            visitChildren(image);
          }
        });
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .attributeProviderFactory(
                context ->
                    (node, tag, attributes) -> {
                      if (anchors.containsKey(node)) {
                        attributes.put("id", anchors.get(node));
                      }
                    })
            .build();
    String title = headings.get(0);
    String top = "../".repeat(page.getNameCount() - 1);
    Path file = folder.resolve(page).resolveSibling(name(page.getFileName().toString()));
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width"/>
        <title>%s</title>
        <link rel="stylesheet" href="%sstyle.css"/>
        </head>
        <body>
        <nav>
        %s</nav>
        <main>
        %s</main>
        </body>
        </html>
        """
            .formatted(
                title.equals("tcptable") ? title : title + " - tcptable",
                top,
                navigation(top),
                renderer.render(document)));
  }

  /** Links to the first page, and to each page of the folder docs. */
  private String navigation(String top) {
    return Stream.concat(
            Stream.of("<a href=\"" + top + "index.html\">tcptable</a>\n"),
            pages.stream()
                .filter(page -> page.startsWith("docs") && page.getNameCount() == 2)
                .map(page -> page.getFileName().toString())
                .map(
                    name ->
                        "<a href=\"%sdocs/%s\">%s</a>%n"
                            .formatted(top, name(name), name.replace(".md", ""))))
        .collect(Collectors.joining());
  }

  private static String name(String markdown) {
    return markdown.equals("README.md") ? "index.html" : markdown.replaceAll("\\.md$", ".html");
  }

  /** As GitHub makes them of headings. */
  private static String anchor(String heading, Map<Node, String> taken) {
    String anchor =
        heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    String first = anchor;
    for (int i = 1; taken.containsValue(anchor); i++) {
      anchor = first + "-" + i;
    }
    return anchor;
  }

  private String destination(Path page, String link) {
    if (link.contains("://") || link.startsWith("#")) {
      return link;
    }
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = checkout.relativize(checkout.resolve(page).resolveSibling(path).normalize());
    if (!pages.contains(target)) {
      files.add(target);
      return link;
    }
    String name = target.getFileName().toString();
    return path.substring(0, path.length() - name.length())
        + name(name)
        + (hash < 0 ? "" : link.substring(hash));
  }
}
