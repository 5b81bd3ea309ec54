// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.server.Conmon;
import io.tcptable.internal.server.ForwardTarget;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.PortScope;
import io.tcptable.process.ProcessPlacement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The look at a server one hop away: where it is, and the first sample of the port there. The hop
 * is known by the command line of a forwarder, by rules of the system, by who has started whom, and
 * by the connection of a server to another one.
 *
 * @param forwarder who forwards; empty if a rule of the system does, or nobody
 * @param target where to, in words
 * @param address the address that it connects to, if that is known
 * @param port the port there, if that is known
 * @param container the container, if that is known
 * @param place where that is
 * @param isAstray whether a rule of the system sends connections to an address that the container
 *     does not have
 * @param isFromOutside whether it connects to another address than a loopback one there
 * @param first the port there; empty if it could not be looked at
 */
record UpstreamLook(
    Optional<OsProcess> forwarder,
    String target,
    Optional<InetAddress> address,
    OptionalInt port,
    Optional<String> container,
    UpstreamPlace place,
    boolean isAstray,
    boolean isFromOutside,
    Optional<Sample> first) {

  /** Looks, if the port is forwarded and it can be known where to. */
  static Optional<UpstreamLook> of(PortScope scope, TcpTable table) {
    List<OsProcess> owners =
        table.listeners().stream()
            .filter(listener -> scope.concerns(ListenAddress.of(listener)))
            .flatMap(listener -> listener.owners().stream())
            .distinct()
            .toList();
    if (owners.isEmpty()) {
      return table.listeners().isEmpty() && isSuperuser(LiveProcess.self().user())
          ? Platforms.current().redirected(scope.port()).map(UpstreamLook::byRule)
          : Optional.empty();
    }
    return owners.stream()
        .filter(owner -> isTrusted(owner.user()) || isTrustedProgram(owner))
        .flatMap(
            owner ->
                ForwardTarget.of(new LiveProcess(owner), scope.port())
                    .map(target -> byProcess(owner, target, scope.port()))
                    .filter(look -> isTrusted(owner.user()) || look.isOfUser(owner.user()))
                    .stream())
        .findFirst();
  }

  /**
   * A user chooses what the processes of that user say they forward to: they may lead to others of
   * that user, and no further.
   */
  private boolean isOfUser(Optional<String> user) {
    return user.isPresent()
        && place.member().isPresent()
        && OsProcess.of(place.member().getAsLong()).flatMap(OsProcess::user).equals(user);
  }

  private static boolean isTrustedProgram(OsProcess process) {
    return process.placement().filter(ProcessPlacement::trustedProgram).isPresent();
  }

  private static boolean isSuperuser(Optional<String> user) {
    return user.filter(Platforms.current().phrases().of(Phrase.SUPERUSER)::equals).isPresent();
  }

  private static boolean isTrusted(Optional<String> user) {
    return isSuperuser(user) || (user.isPresent() && user.equals(LiveProcess.self().user()));
  }

  /** Looks at a server that another one waits for. */
  static UpstreamLook of(OutgoingWait wait) {
    return throughForwarder(at(wait.to(), wait.place()));
  }

  /** Looks at a server that another one cannot connect to. */
  static UpstreamLook of(FailedConnect failed) {
    return throughForwarder(
        at(
            failed.target(),
            failed.to().address(),
            failed.to().port() == 0
                ? failed.place().onlyPort()
                : OptionalInt.of(failed.to().port()),
            failed.place()));
  }

  /** What was asked here may be the published port of a container. */
  private static UpstreamLook throughForwarder(UpstreamLook asked) {
    return asked.place.isHere() && asked.first.isPresent()
        ? of(PortScope.of(asked.port.orElseThrow()), asked.first.get().table()).orElse(asked)
        : asked;
  }

  private static UpstreamLook byRule(InetSocketAddress to) {
    return at(
        Endpoint.of(to.getAddress(), to.getPort()), UpstreamPlace.at(Optional.of(to.getAddress())));
  }

  private static UpstreamLook at(Endpoint to, UpstreamPlace place) {
    return at(to.toString(), to.address(), OptionalInt.of(to.port()), place);
  }

  private static UpstreamLook at(
      String target, InetAddress address, OptionalInt port, UpstreamPlace place) {
    return new UpstreamLook(
        Optional.empty(),
        target,
        Optional.of(address),
        port,
        Optional.empty(),
        place,
        false,
        false,
        place.sample(port));
  }

  private static UpstreamLook byProcess(OsProcess forwarder, ForwardTarget target, int published) {
    // A conmon holds the port; the rules of the kernel do the work.
    Optional<InetSocketAddress> rule =
        target.container().isPresent()
            ? Platforms.current().redirected(published)
            : Optional.empty();
    Optional<InetAddress> address = rule.map(InetSocketAddress::getAddress).or(target::address);
    UpstreamPlace place = UpstreamPlace.of(target.place(), forwarder, address);
    OptionalInt known = rule.map(to -> OptionalInt.of(to.getPort())).orElse(target.port());
    OptionalInt port = known.isPresent() ? known : place.onlyPort();
    return new UpstreamLook(
        Optional.of(forwarder),
        rule.map(UpstreamLook::words).orElse(target.words()),
        address,
        port,
        target.container(),
        place,
        place.member().isPresent() && rule.filter(to -> !place.has(to.getAddress())).isPresent(),
        target.isFromOutside(),
        place.sample(port));
  }

  private static String words(InetSocketAddress to) {
    return Endpoint.of(to.getAddress(), to.getPort()).toString();
  }

  /** The second sample of the port there. */
  Optional<Sample> again() {
    return first.isPresent() ? place.sample(port) : Optional.empty();
  }

  /**
   * What came of it.
   *
   * @param later the port there at a second look; empty if it could not be looked at
   * @param direct what was seen of the port here
   */
  UpstreamServer server(Optional<Sample> later, Observations direct) {
    return server(
        first.flatMap(
            sooner ->
                later.map(
                    it ->
                        direct.behind(
                            port.orElseThrow(), sooner, it, OwnerAncestry.of(sooner, it)))));
  }

  /** What is there now: who does not listen is not watched. */
  UpstreamServer serverNow(Observations direct) {
    return server(again(), direct);
  }

  private UpstreamServer server(Optional<Observations> there) {
    boolean isMissing = there.filter(it -> it.listeners().isEmpty()).isPresent();
    return new UpstreamServer(
        forwarder.map(OsProcess::toString).orElse("a rule of the system's packet filter"),
        target,
        port,
        // The tool of this user does not know the containers of another.
        forwarder.isEmpty() || forwarder.filter(it -> isTrusted(it.user())).isPresent()
            ? container.or(() -> there.flatMap(UpstreamLook::container)).or(this::containerBeside)
            : Optional.empty(),
        there.stream()
            .flatMap(it -> it.listeners().stream())
            .map(SocketEvidence::bound)
            .anyMatch(bound -> !isAstray && isReached(bound)),
        isAstray,
        isMissing || port.isEmpty()
            ? place.listeners().stream()
                .map(it -> ListenAddress.of(it).toString())
                .distinct()
                .toList()
            : List.of(),
        place.isOther(),
        forwarder.filter(it -> place.isOther()).flatMap(CarryingConnection::of),
        there);
  }

  private boolean isReached(ListenAddress bound) {
    return address
        .map(it -> bound.conflictsWith(ListenAddress.of(it, port.orElseThrow())))
        .orElseGet(() -> !isFromOutside || !bound.endpoint().address().isLoopbackAddress());
  }

  private static Optional<String> container(Observations there) {
    return there.owners().stream()
        .flatMap(it -> there.processes().containerCalled(it).stream())
        .findFirst()
        .or(
            () ->
                there.owners().stream()
                    .flatMap(it -> OsProcess.of(it.pid()).stream())
                    .flatMap(it -> watched(it).stream())
                    .findFirst());
  }

  /** Of a container whose server does not listen. */
  private Optional<String> containerBeside() {
    List<OsProcess> processes = place.processes();
    return Stream.concat(
            processes.stream().flatMap(it -> placed(it).stream()),
            processes.stream().flatMap(it -> watched(it).stream()))
        .findFirst();
  }

  private static Optional<String> placed(OsProcess process) {
    return process
        .placement()
        .flatMap(placement -> placement.container())
        .map(
            id ->
                Platforms.current()
                    .containerName(id)
                    .map(name -> id.substring(0, id.indexOf(' ') + 1) + name)
                    .orElse(id));
  }

  /** A rootless runtime may give its containers no control group. */
  private static Optional<String> watched(OsProcess process) {
    return Conmon.above(new LiveProcess(process))
        .filter(conmon -> isTrusted(conmon.user()))
        .flatMap(Conmon::container);
  }
}
