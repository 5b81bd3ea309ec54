// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.process.ProcessPlacement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * A container behind a port that its runtime can restart. It is known by its ID: a name may be that
 * of another container where another user has one of the same name.
 *
 * @param runtime its tool: {@code docker} or {@code podman}
 * @param id its ID there
 */
public record RuntimeContainer(String runtime, String id) {

  private static final int SHORT_ID = 12;

  /**
   * The one that a process on the port runs in, or forwards the port to; empty if it is in none, or
   * in one that this user's tool does not know.
   */
  public static Optional<RuntimeContainer> of(ServerProcess process, int port, Viewpoint view) {
    Optional<String> watched = Conmon.id(process).filter(id -> isOfSelf(process, view));
    return watched
        .map(id -> new RuntimeContainer("podman", id))
        .or(
            () ->
                ForwardTarget.of(process, port)
                    .filter(target -> view.trusts(process))
                    .flatMap(ForwardTarget::address)
                    .flatMap(RuntimeContainer::at))
        .or(() -> rootless(process, port, view))
        .or(() -> placed(process.placement()).filter(it -> view.believesContainer(process)));
  }

  /** A forwarder of the same user is in the namespace of the container, or its child is. */
  private static Optional<RuntimeContainer> rootless(
      ServerProcess process, int port, Viewpoint view) {
    return ForwardTarget.of(process, port)
        .filter(target -> target.place() instanceof ForwardPlace.OfChild)
        .filter(target -> isOfSelf(process, view))
        .stream()
        .flatMap(target -> OsProcess.of(process.pid()).stream())
        .flatMap(forwarder -> ProcessFamily.read().children(forwarder).stream())
        .flatMap(child -> Platforms.current().processesBeside(child.pid()).stream())
        .flatMap(pid -> OsProcess.of(pid).stream())
        .flatMap(inside -> Conmon.above(new LiveProcess(inside)).stream())
        .filter(conmon -> isOfSelf(conmon, view))
        .flatMap(conmon -> Conmon.id(conmon).stream())
        .map(id -> new RuntimeContainer("podman", id))
        .findFirst();
  }

  /** The one that a rule of the system forwards the port to; only the superuser may know. */
  public static Optional<RuntimeContainer> behind(int port) {
    return Platforms.current()
        .redirected(port)
        .map(InetSocketAddress::getAddress)
        .flatMap(RuntimeContainer::at);
  }

  /** The tool of one user does not know the containers of another. */
  private static boolean isOfSelf(ServerProcess process, Viewpoint view) {
    return ServerParent.isKnownAndEqual(process.user(), view.self().user());
  }

  private static Optional<RuntimeContainer> at(InetAddress address) {
    List<Integer> namespaces = Platforms.current().namespacesAt(address);
    // Which of several with the same address is meant is not known.
    return (namespaces.size() == 1 ? namespaces : List.<Integer>of())
        .stream()
            .flatMap(pid -> Platforms.current().processesBeside(pid).stream())
            .flatMap(pid -> OsProcess.of(pid).stream())
            .flatMap(process -> placed(process.placement()).stream())
            .findFirst();
  }

  private static Optional<RuntimeContainer> placed(Optional<ProcessPlacement> placement) {
    return placement
        .filter(it -> !it.userContainer())
        .flatMap(ProcessPlacement::container)
        .flatMap(RuntimeContainer::parse);
  }

  /** {@code docker 5f3c...}, {@code libpod 5f3c...}; others restart a server in another way. */
  static Optional<RuntimeContainer> parse(String container) {
    String[] words = container.split(" ", 2);
    return switch (words[0]) {
      case "docker" -> Optional.of(new RuntimeContainer("docker", words[1]));
      case "libpod" -> Optional.of(new RuntimeContainer("podman", words[1]));
      default -> Optional.empty();
    };
  }

  /** The command that restarts it. */
  public List<String> restart() {
    return List.of(runtime, "restart", id);
  }

  /** {@code podman restart 6539e744edf6}. */
  @Override
  public String toString() {
    return runtime + " restart " + id.substring(0, Math.min(SHORT_ID, id.length()));
  }
}
