// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.PortArgument;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Which sockets a command is about: the same arguments for all that take more than one port. */
public final class SelectionOptions {

  private final Command command;
  private final PositionalParamSpec ports;
  private final OptionSpec listen;
  private final OptionSpec states;
  private final OptionSpec pids;
  private final OptionSpec family;
  private final OptionSpec noOwners;
  private final OptionSpec allNamespaces;
  private final OptionSpec namespace;

  public SelectionOptions(Command command) {
    this.command = command;
    ports = ports();
    command.add(ports);
    listen = command.flag("Only listeners, as --state LISTEN.", "-l", "--listen");
    states = command.states("Only these states, such as close_wait,fin-wait-2; can be repeated.");
    pids =
        command.option(
            OptionSpec.builder("--pid")
                .paramLabel("PID")
                .type(List.class)
                .auxiliaryTypes(Integer.class)
                .converters(Arguments::pid)
                .splitRegex(",")
                .description("Only sockets owned by these processes."));
    family =
        command.option(
            OptionSpec.builder("--family")
                .paramLabel("4|6")
                .type(StandardProtocolFamily.class)
                .converters(Arguments::family)
                .description("Only IPv4 or only IPv6 sockets."));
    noOwners = command.flag("Do not look for owners; much faster on a busy host.", "--no-owners");
    allNamespaces =
        command.option(
            OptionSpec.builder("--all-namespaces")
                .type(boolean.class)
                .hidden(!hasNamespaces())
                .description(
                    "Sockets of all network namespaces that can be seen, such as those of"
                        + " containers."));
    namespace =
        command.option(
            OptionSpec.builder("--namespace")
                .paramLabel("NAME|PID|CONTAINER")
                .type(String.class)
                .hidden(!hasNamespaces())
                .description(
                    "Only sockets of one network namespace: its name in ip netns, a PID in it, or a"
                        + " container by name or ID."));
  }

  private static PositionalParamSpec ports() {
    return PositionalParamSpec.builder()
        .paramLabel("PORT")
        .index("0..*")
        .arity("1")
        .required(false)
        .type(List.class)
        .auxiliaryTypes(PortArgument.class)
        .converters(Arguments::portOrAddress)
        .description(
            "Only sockets with this local port (default: all), or of this address of it, such"
                + " as 127.0.0.1:3001.")
        .build();
  }

  private static boolean hasNamespaces() {
    return !Platforms.current().phrases().of(Phrase.HELP_NAMESPACES).isEmpty();
  }

  /** What was chosen. */
  public Selection selection() {
    List<TcpState> wantedStates = new ArrayList<>(orNone(states.getValue()));
    if (Command.isSet(listen) && !wantedStates.contains(TcpState.LISTEN)) {
      wantedStates.add(TcpState.LISTEN);
    }
    Selection selection =
        new Selection(
            orNone(ports.getValue()),
            wantedStates,
            Optional.ofNullable(family.getValue()),
            orNone(pids.getValue()));
    if (!withOwners() && !selection.pids().isEmpty()) {
      throw command.misused("--pid needs the owners; remove --no-owners");
    }
    return selection;
  }

  /** In which network namespaces. */
  public NamespaceChoice namespaces() {
    if (Command.isSet(allNamespaces) && namespace.getValue() != null) {
      throw command.misused("--all-namespaces and --namespace cannot be combined; choose one");
    }
    return new NamespaceChoice(
        Command.isSet(allNamespaces), Optional.ofNullable(namespace.getValue()));
  }

  /** What to ask the system for. */
  public TcpQuery query() {
    TcpQuery query = namespaces().of(selection().query());
    return withOwners() ? query : query.withoutOwners();
  }

  public boolean withOwners() {
    return !Command.isSet(noOwners);
  }

  private static <T> List<T> orNone(@Nullable List<T> values) {
    return values == null ? List.of() : values;
  }
}
