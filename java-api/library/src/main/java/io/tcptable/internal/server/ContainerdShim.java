// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Advice;
import io.tcptable.internal.server.Supervisor.Kind;
import java.util.Optional;

/**
 * The process by which containerd watches over a container: {@code containerd-shim-runc-v2
 * -namespace moby -id 5f3c0a...}. The namespace is that of the tool that the container belongs to.
 *
 * @param shim the process
 */
record ContainerdShim(ServerProcess shim, SupervisorCommand commands) {

  private static final String DOCKER = "moby";
  private static final String KUBERNETES = "k8s.io";

  /**
   * How to restart the container.
   *
   * @param child the process in it that was looked at
   */
  Supervisor supervisor(ServerProcess child) {
    Optional<String> id = after("-id");
    Optional<String> namespace = after("-namespace");
    if (id.isEmpty() || namespace.isEmpty()) {
      return new Supervisor(
          Kind.CONTAINER,
          "the container of " + child,
          new Advice.Hint("Restart the container."),
          Optional.empty());
    }
    return switch (namespace.get()) {
      case DOCKER -> of("docker " + id.get());
      case KUBERNETES -> of("cri-containerd " + id.get());
      default -> ofContainerd(namespace.get(), id.get());
    };
  }

  private Supervisor of(String container) {
    return new Supervisor(
        Kind.CONTAINER,
        "the container " + container,
        new Advice.Command(commands.ofContainer(container, "restart")),
        Optional.of(new Advice.Command(commands.ofContainer(container, "logs"))));
  }

  /** One of nerdctl, which can restart it, or of another program. */
  private Supervisor ofContainerd(String namespace, String id) {
    return new Supervisor(
        Kind.CONTAINER,
        "the container containerd " + id,
        commands.isInstalled("nerdctl")
            ? new Advice.Command(commands.line("nerdctl --namespace " + namespace + " restart", id))
            : new Advice.Hint(
                "Restart the container "
                    + id
                    + " in the namespace "
                    + namespace
                    + " of containerd."),
        Optional.of(new Advice.Command("ctr --namespace " + namespace + " tasks list")));
  }

  private Optional<String> after(String option) {
    return OptionValue.after(shim.commandLine(), option)
        .filter(it -> it.matches("[A-Za-z0-9][A-Za-z0-9_.-]*"));
  }
}
