// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static io.tcptable.story.TerminalPicture.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import io.tcptable.program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The story that the README tells, and its picture, is what the program prints today, but for PIDs,
 * times and bytes. If its wording has changed on purpose, this brings the README up to date:
 *
 * <pre>
 * mvn verify -pl platform-tests -am -Dtest=None -Dit.test=ReadmeStoryIT \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *     -Dreadme.refresh=true
 * </pre>
 */
@NeedsRoot
class ReadmeStoryIT {

  private static final List<String> DIAGNOSE = List.of("diagnose", "3001");
  private static final List<String> RESTART =
      List.of(
          "restart",
          "3001",
          "--yes",
          "--log",
          "server.log",
          "--expect-json",
          "{\"status\": \"healthy\"}",
          "--",
          "python3",
          "backend/run_server.py");

  private static final String REFRESH = "the README; -Dreadme.refresh=true brings it up to date";

  private static final Path PICTURE = Path.of("..", "docs", "story.svg");
  private static final ReadmeBlock CURE = new ReadmeBlock("$ ./tcptable restart 3001");

  @Test
  void isWhatThePublishedCommandsPrint() throws Exception {
    String diagnosis;
    String cure;
    try (GuideScene scene = new GuideScene()) {
      diagnosis = faults(scene.tcptable(coloured(DIAGNOSE)));
      Run restart = scene.tcptable(RESTART);
      assertThat(restart.code()).as(restart.err()).isZero();
      Run after = scene.tcptable(DIAGNOSE);
      assertThat(after.code()).as(after.out()).isZero();
      cure =
          typed(RESTART)
              + restart.out()
              + "\n"
              + typed(DIAGNOSE)
              + after.out().lines().findFirst().orElseThrow();
    }
    TerminalPicture picture = TerminalPicture.of(bold(typed(DIAGNOSE)) + diagnosis);

    if (Boolean.getBoolean("readme.refresh")) {
      CURE.replace(cure);
      Files.writeString(PICTURE, picture.svg());
    }
    assertThat(likeAnyOther(CURE.text())).as(REFRESH).isEqualTo(likeAnyOther(cure));
    assertThat(likeAnyOther(new TerminalPicture(Files.readString(PICTURE)).words()))
        .as(REFRESH)
        .isEqualTo(likeAnyOther(picture.words()));
  }

  private static String bold(String line) {
    return "\u001b[1m" + line.strip() + "\u001b[0m\n";
  }

  private static List<String> coloured(List<String> arguments) {
    return Stream.concat(arguments.stream(), Stream.of("--color=always")).toList();
  }

  /** What it shows: the verdict, what is worse than worth a note, and what to do next. */
  private static String faults(Run diagnose) {
    assertThat(diagnose.complaints()).isEmpty();
    List<String> lines = diagnose.out().lines().toList();
    return lines.stream()
            .takeWhile(line -> !plain(line).matches("(INFO|Health) .*"))
            .collect(Collectors.joining("\n"))
        + "...\n\n"
        + lines.get(lines.size() - 1);
  }

  private static String typed(List<String> arguments) {
    String words =
        arguments.stream()
            .map(word -> word.matches("[\\w./-]+") ? word : "'" + word + "'")
            .collect(Collectors.joining(" "));
    return "$ ./tcptable " + words + "\n";
  }

  /** What differs from run to run is left out. */
  private static String likeAnyOther(String output) {
    return output
        .replaceAll("python3\\(\\d+\\)", "python3(PID)")
        .replaceAll("\\b\\d+(\\.\\d+)?( ?)(us|ms|s)\\b", "TIME$2")
        .replaceAll("\\b\\d+ bytes\\b", "N bytes");
  }
}
