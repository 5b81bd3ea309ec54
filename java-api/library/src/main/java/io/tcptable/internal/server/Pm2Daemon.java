// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import io.tcptable.internal.server.Supervisor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The daemon of pm2, which is a script.
 *
 * @param daemon its process
 * @param view from where it is looked at
 */
record Pm2Daemon(ServerProcess daemon, Viewpoint view) {

  /** How pm2 begins the title that it gives to its process. */
  private static final String TITLE = "PM2 v";

  /** The script of its process. */
  private static final Pattern SCRIPT = Pattern.compile(".*[/\\\\]pm2[/\\\\]lib[/\\\\]Daemon\\.js");

  private static final Set<String> RUNS_ON = Set.of("node", "nodejs", "bun");

  /** Whether a process is one. Its title overwrites its arguments, but not on Windows. */
  static boolean isOne(ServerProcess process) {
    List<String> words = process.commandLine();
    return ServerProgram.fileName(process).filter(RUNS_ON::contains).isPresent()
        && (words.stream().findFirst().filter(it -> it.startsWith(TITLE)).isPresent()
            || words.stream().skip(1).findFirst().filter(SCRIPT.asMatchPredicate()).isPresent());
  }

  /** With the name of the application, if its files tell; those of other users are not read. */
  Optional<Supervisor> supervisor(ServerProcess child) {
    if (!view.trusts(daemon)) {
      return Optional.empty();
    }
    return Pm2Apps.of(daemon)
        .flatMap(
            apps ->
                apps.nameOf(child, daemon)
                    .map(
                        name ->
                            new Supervisor(
                                Kind.PROGRAM,
                                "pm2 as " + name,
                                new Advice.Command(command(apps, "restart", name)),
                                Optional.of(new Advice.Command(command(apps, "describe", name))))));
  }

  private String command(Pm2Apps apps, String verb, String name) {
    List<String> words = new ArrayList<>();
    if (!apps.isUsualHome()) {
      words.addAll(List.of("env", "PM2_HOME=" + apps.home()));
    }
    words.addAll(List.of("pm2", verb, name));
    return view.platform().shell().command(words);
  }
}
