// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import io.tcptable.ListenAddress;
import io.tcptable.PortHolders;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.metrics.MetricsSource;
import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tcptable export}: serves the meters of ports to Prometheus until it is stopped. */
public final class ExportCommand extends Command {

  private static final ListenAddress DEFAULT_ADDRESS = ListenAddress.parse("127.0.0.1:9985");

  private final OptionSpec ports =
      option(
          OptionSpec.builder("--port")
              .paramLabel("PORT")
              .type(List.class)
              .auxiliaryTypes(Integer.class)
              .converters(Arguments::port)
              .splitRegex(",")
              .description(
                  "Only these ports, whether a process listens there or not (default: every port"
                      + " that has a listener)."));

  private final OptionSpec listen =
      option(
          OptionSpec.builder("--listen")
              .paramLabel("ADDRESS:PORT")
              .type(PortArgument.class)
              .converters(Arguments::portOrAddress)
              .description("Where to serve (default " + DEFAULT_ADDRESS + ")."));

  private final OptionSpec allowRemote =
      flag("Allow an address that other machines can reach.", "--allow-remote");

  public ExportCommand(Terminal terminal) {
    super("export", terminal);
    spec.usageMessage()
        .header("Serve the meters of ports to Prometheus, until it is stopped.")
        .customSynopsis("tcptable export [--port PORT[,PORT...]] [OPTIONS]")
        .exitCodeList(meanings())
        .footer(ExportHelp.text());
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "stopped by a signal; a shell may show 130 or 143");
    ExitCode.addErrors(meanings, "nothing is served");
    return meanings;
  }

  @Override
  protected int run() throws IOException {
    ListenAddress address = address();
    List<Integer> wanted = wanted();
    MetricsSource source =
        wanted.isEmpty()
            ? MetricsSource.ofAllListeners()
            : MetricsSource.ofPorts(wanted.stream().mapToInt(Integer::intValue).toArray());
    try (MetricsServer server =
        new MetricsServer(
            new InetSocketAddress(address.endpoint().address(), address.port()),
            source,
            terminal::warn)) {
      server.start();
      tell(address, wanted);
      waitForSignal();
      return ExitCode.FOUND;
    } catch (IOException e) {
      terminal.warn("cannot listen on " + address + ": " + e.getMessage() + holders(address));
      return ExitCode.FAILED;
    }
  }

  private ListenAddress address() {
    PortArgument given = listen.getValue();
    ListenAddress address =
        given == null
            ? DEFAULT_ADDRESS
            : given
                .address()
                .orElseGet(
                    () -> ListenAddress.of(DEFAULT_ADDRESS.endpoint().address(), given.port()));
    if (address.networkInterface().isPresent()) {
      throw misused("--listen takes an address without a network interface");
    }
    InetAddress host = address.endpoint().address();
    if (!host.isLoopbackAddress() && !isSet(allowRemote)) {
      throw misused(
          "other machines can reach "
              + address
              + ", and would see ports, connection states, and names and PIDs of processes;"
              + " add --allow-remote to permit it");
    }
    return address;
  }

  private List<Integer> wanted() {
    List<Integer> given = ports.getValue();
    return given == null ? List.of() : given.stream().sorted().distinct().toList();
  }

  private void tell(ListenAddress address, List<Integer> wanted) {
    String which =
        wanted.isEmpty()
            ? "every port that has a listener"
            : wanted.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", wanted.size() == 1 ? "port " : "ports ", ""));
    terminal.out().println("Serving http://" + address + "/metrics for " + which + ".");
    terminal
        .out()
        .println(
            (address.endpoint().address().isLoopbackAddress()
                    ? "Each user of this machine"
                    : "Anyone who reaches this address")
                + " sees ports, connection states, and names and PIDs of processes.");
    terminal.out().flush();
  }

  private void waitForSignal() {
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      interruption.over();
    }
  }

  /** Who has the port, if that can be seen. */
  private static String holders(ListenAddress address) {
    try {
      String names =
          TcpTable.holders(address.port()).holders().stream()
              .filter(PortHolders.Holder::isListening)
              .map(holder -> holder.process().toString())
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? "" : "; the port is held by " + TerminalText.of(names);
    } catch (TcpTableException e) {
      return "";
    }
  }
}
