// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.internal.server.SupervisorCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What to do about a server one hop away. */
final class UpstreamAdvice {

  /** For one that only its own network namespace reaches. */
  static final Advice LISTEN_TO_ALL =
      new Advice.Hint(
          "Let the server listen on 0.0.0.0 (all addresses) there, and start it again.");

  private UpstreamAdvice() {}

  /** Of one that was asked: look at it where it is, and restart its container. */
  static List<Advice> of(
      Observations observed, Endpoint to, UpstreamPlace place, Optional<UpstreamServer> server) {
    OptionalInt port =
        to.port() > 0
            ? OptionalInt.of(to.port())
            : server.map(UpstreamServer::port).orElse(OptionalInt.empty());
    if (place.isHere() && port.isPresent()) {
      return List.of(new Advice.Diagnose(to.port(), Advice.Diagnose.How.AGAIN, Optional.empty()));
    }
    if (place.member().isEmpty()) {
      return List.of(
          new Advice.Hint(
              place.isHere()
                  ? "Look into the log of this server for the port that it connects to."
                  : "Look at "
                      + FailedConnect.target(to)
                      + " on its own machine."
                      + (observed.processes().isSuperuser()
                          ? " If it is a container of this machine, it does not run: start it."
                          : "")));
    }
    List<Advice> advice = new ArrayList<>();
    server.ifPresent(it -> advice.addAll(ofAnother(observed, it)));
    port.ifPresent(it -> advice.add(new Advice.ListOfNamespace(it, place.member().getAsLong())));
    return advice;
  }

  private static List<Advice> ofAnother(Observations observed, UpstreamServer server) {
    if (server.called().isEmpty()) {
      return server.container().isPresent()
          ? ofContainer(observed, server)
          : List.of(new Advice.Hint("Start the server there."));
    }
    if (server.there().isPresent() && !server.isReachable()) {
      return List.of(LISTEN_TO_ALL);
    }
    // A runtime does not restart what is frozen.
    return server.there().flatMap(Thaw::instead).isPresent()
        ? List.of()
        : server.container().stream().map(it -> restart(observed, it)).toList();
  }

  /** Of a container whose server does not listen: its log says why. */
  static List<Advice> ofContainer(Observations observed, UpstreamServer server) {
    return server
        .container()
        .map(
            it ->
                List.of(
                    new Advice.Command(
                        observed
                            .commands()
                            .visibly(
                                new SupervisorCommand(observed.platform())
                                    .ofContainer(it, "logs"))),
                    restart(observed, it)))
        .orElse(List.of());
  }

  private static Advice restart(Observations observed, String container) {
    return new Advice.Command(
        new SupervisorCommand(observed.platform()).ofContainer(container, "restart"));
  }
}
