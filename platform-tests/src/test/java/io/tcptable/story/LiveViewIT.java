// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.LauncherCheckout;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watch} on a real terminal. */
@Tag("once")
class LiveViewIT {

  private static final String ESCAPE = "\\x1b";

  @TempDir private static Path temporary;

  @Test
  void aPersonWatchesAndLeavesTheScreenAsItWas() throws IOException {
    assertWatches(ProgramJar.command("watch", "--interval=200ms"));
  }

  @Test
  void theLauncherLeavesTheKeyboardToIt() throws IOException {
    LauncherCheckout checkout = LauncherCheckout.in(temporary, "checkout");
    assertWatches(checkout.command("watch", "--interval=200ms"));
  }

  private static void assertWatches(List<String> watch) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Backend.python(), Backend.script("watching.py").toString()));
    command.addAll(watch);

    Run run = Run.of(command);

    assertThat(run.code()).as(run.err() + run.out()).isZero();
    Map<String, String> seen =
        run.out()
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    String port = seen.get("port");
    assertThat(seen).containsEntry("code", "130").containsEntry("same", "True");
    assertThat(seen.get("wide"))
        .startsWith(ESCAPE + "[?1049h")
        .contains(ESCAPE + "[?25l", "127.0.0.1:" + port, "[........] 0/5", "python3(")
        .contains("came and went between looks", "-CLOSED");
    String narrow = seen.getOrDefault("narrow", "");
    assertThat(narrow).contains("LISTEN :" + port, ESCAPE + "[?25h").doesNotContain("[........]");
    assertThat(narrow.substring(narrow.lastIndexOf("?1049"))).startsWith("?1049l");
  }
}
