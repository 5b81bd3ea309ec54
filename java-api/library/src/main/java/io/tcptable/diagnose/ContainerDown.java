// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.PublishingContainer;
import io.tcptable.internal.platform.PublishingContainer.State;
import io.tcptable.internal.server.SupervisorCommand;
import io.tcptable.internal.wording.Quantities;
import java.util.List;

/** A container that publishes the port does not run. */
final class ContainerDown extends FindingRule {

  ContainerDown() {
    super(FindingCode.CONTAINER_DOWN, "");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.surroundings().publishers().stream()
        .filter(container -> container.state() != State.RUNNING)
        .map(container -> finding(observed, container))
        .toList();
  }

  /** Whether a container is about to have the port again. */
  static boolean isRestarting(Observations observed) {
    return observed.surroundings().publishers().stream()
        .anyMatch(container -> container.state() == State.RESTARTING);
  }

  private Finding finding(Observations observed, PublishingContainer container) {
    boolean isRestarting = container.state() == State.RESTARTING;
    String name = container.called().substring(container.called().indexOf(' ') + 1);
    SupervisorCommand commands = new SupervisorCommand(observed.platform());
    Finding.Builder found =
        found(isRestarting ? Severity.CRITICAL : Severity.WARNING, Confidence.CERTAIN)
            .cause(
                "the container "
                    + name
                    + ", which publishes it, "
                    + (isRestarting ? "is restarting" : "has ended"))
            .text("container", container.id())
            .figure("restarts", container.restarts());
    container.name().ifPresent(it -> found.text("containerName", it));
    container.exitCode().ifPresent(it -> found.figure("exitCode", it));
    found
        .seen(
            "the container "
                + name
                + " publishes port "
                + observed.port()
                + (isRestarting
                    ? ", and is restarting: it was started again "
                        + Quantities.count(container.restarts(), "time")
                    : ", and does not run")
                + ending(container))
        .means(
            isRestarting
                ? "Its server ends soon after each start, and its runtime starts it again. The port"
                    + " is not free: the container will have it again."
                : "Nobody will listen until the container is started.")
        // The container chooses every byte of it, and a terminal obeys some of them.
        .command(observed.commands().visibly(commands.ofContainer(container.called(), "logs")));
    return isRestarting
        ? found.hint("Look into its log for the reason why it ends.").done()
        : found.command(commands.ofContainer(container.called(), "start")).done();
  }

  private static String ending(PublishingContainer container) {
    if (container.isOutOfMemory()) {
      return "; the system ended it for lack of memory";
    }
    return container.exitCode().isPresent()
        ? "; it last ended with exit code " + container.exitCode().getAsInt()
        : "";
  }
}
