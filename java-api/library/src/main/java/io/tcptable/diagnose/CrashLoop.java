// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.server.Conmon;
import io.tcptable.internal.server.SupervisorCommand;
import java.util.List;
import java.util.Optional;

/** The server ends and is started again, at each look in another process. */
final class CrashLoop extends FindingRule {

  CrashLoop() {
    super(FindingCode.CRASH_LOOP, "its server ends and is started again and again");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.surroundings().generations().stream().map(it -> finding(observed, it)).toList();
  }

  /** Of a server in a container, as its runtime shows it. */
  private static Optional<String> log(Observations observed) {
    SupervisorCommand commands = new SupervisorCommand(observed.platform());
    return observed
        .forwarded()
        .flatMap(UpstreamServer::container)
        .or(() -> watched(observed))
        .map(container -> observed.commands().visibly(commands.ofContainer(container, "logs")));
  }

  /** By the conmon that had the port a moment ago. */
  private static Optional<String> watched(Observations observed) {
    return observed.owners().stream()
        .filter(owner -> owner.user().equals(observed.processes().self().user()))
        .flatMap(owner -> Conmon.watched(observed.processes().seen(owner)).stream())
        .findFirst();
  }

  private Finding finding(Observations observed, Generations generations) {
    Finding.Builder found =
        // Once may be a reload, as a developer or a deployment asks for it.
        found(
                generations.isAgain() ? Severity.CRITICAL : Severity.INFO,
                generations.isAgain() ? Confidence.LIKELY : Confidence.POSSIBLE)
            .of(observed.ownersOf(observed.listeners()))
            .seen(generations.names() + " listened, one after the other")
            .text("listening", generations.names());
    return (generations.isAgain()
            ? found
                .means(
                    "Each process listens for a moment and ends; something starts the next one. It"
                        + " answers in between, so that a single health check may succeed.")
                .hint("Look into its log for the reason why it ends.")
                .commands(log(observed).stream().toList())
            : found
                .means("The server was started during the diagnosis.")
                .advise(SuggestedCommands.diagnose(observed, Advice.Diagnose.How.AGAIN)))
        .done();
  }
}
