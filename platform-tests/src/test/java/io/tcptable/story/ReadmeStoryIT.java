// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Run;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The story that the README tells is what the program prints today, but for PIDs, times and bytes.
 * If its wording has changed on purpose, this brings the README up to date:
 *
 * <pre>
 * mvn verify -pl platform-tests -am -Dtest=None -Dit.test=ReadmeStoryIT \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *     -Dreadme.refresh=true
 * </pre>
 */
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

  private static final ReadmeBlock DIAGNOSIS = new ReadmeBlock("HANGING  Port 3001");
  private static final ReadmeBlock CURE = new ReadmeBlock("$ ./tcptable restart 3001");

  @Test
  void isWhatThePublishedCommandsPrint() throws Exception {
    String diagnosis;
    String cure;
    try (GuideScene scene = new GuideScene()) {
      diagnosis = faults(scene.tcptable(DIAGNOSE));
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

    if (Boolean.getBoolean("readme.refresh")) {
      DIAGNOSIS.replace(diagnosis);
      CURE.replace(cure);
    }
    assertThat(likeAnyOther(DIAGNOSIS.text())).as(REFRESH).isEqualTo(likeAnyOther(diagnosis));
    assertThat(likeAnyOther(CURE.text())).as(REFRESH).isEqualTo(likeAnyOther(cure));
  }

  /** What the README shows: the verdict, what is worse than worth a note, and what to do next. */
  private static String faults(Run diagnose) {
    assertThat(diagnose.complaints()).isEmpty();
    List<String> lines = diagnose.out().lines().toList();
    return lines.stream()
            .takeWhile(line -> !line.matches("(INFO|Health) .*"))
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
