// SPDX-License-Identifier: Apache-2.0
package readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the commands of {@code CONTRIBUTING.md} name is there. The build itself runs them. */
class ContributingTest {

  private static final Path PAGE = MarkdownPages.CHECKOUT.resolve("CONTRIBUTING.md");
  private static final Pattern MAVEN = Pattern.compile("mvn [^`#]*?(?=`|\n\n|\n```)");
  private static final Pattern SCRIPT = Pattern.compile("`(\\./\\w+|[\\w/]+\\.sh)(?: [^`]*)?`");
  private static final Pattern CLASS = Pattern.compile("(?:-Dtest|-Dit\\.test)=(\\w+)");
  private static final Pattern MODULES = Pattern.compile("-pl ([\\w/,-]+)");
  private static final Pattern PROFILE = Pattern.compile("-P(\\w+)");

  @Test
  void itsMavenCommandsNameWhatIsThere() throws IOException {
    List<String> commands =
        MAVEN.matcher(Files.readString(PAGE)).results().map(found -> found.group()).toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(5);
    String pom = Files.readString(MarkdownPages.CHECKOUT.resolve("pom.xml"));
    for (String command : commands) {
      String module = "";
      for (String name : all(MODULES, command)) {
        assertThat(MarkdownPages.CHECKOUT.resolve(name).resolve("pom.xml")).as(command).exists();
        module = name;
      }
      for (String name : all(CLASS, command)) {
        assertThat(name.equals("None") || isTestOf(module, name)).as(command).isTrue();
      }
      for (String profile : all(PROFILE, command)) {
        assertThat(pom).as(command).contains("<id>" + profile + "</id>");
      }
    }
  }

  @Test
  void itsScriptsCanBeRun() throws IOException {
    List<String> scripts = all(SCRIPT, Files.readString(PAGE));
    assertThat(scripts).contains("./check", "./tcptable");
    assertThat(scripts)
        .allMatch(script -> Files.isExecutable(MarkdownPages.CHECKOUT.resolve(script)));
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static boolean isTestOf(String module, String name) throws IOException {
    Path tests = MarkdownPages.CHECKOUT.resolve(module).resolve("src/test/java");
    try (Stream<Path> files = Files.walk(tests)) {
      return files.anyMatch(file -> file.endsWith(name + ".java"));
    }
  }
}
