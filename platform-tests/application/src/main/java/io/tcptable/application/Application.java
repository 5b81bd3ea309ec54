// SPDX-License-Identifier: Apache-2.0
package io.tcptable.application;

import io.tcptable.Binding;
import io.tcptable.TableSources;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;

/**
 * Prints how the library reads sockets in this packaging, and whether it sees one of its own. With
 * arguments, restarts the server of a port: PORT COMMAND...
 */
public final class Application {

  private Application() {}

  public static void main(String[] args) throws IOException {
    if (args.length > 1) {
      String[] command = Arrays.copyOfRange(args, 1, args.length);
      RestartReport report = PortRestart.restart(Integer.parseInt(args[0]), command).run();
      System.out.println("outcome=" + report.outcome());
      return;
    }
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TcpTable table = TcpTable.snapshot(listener.getLocalPort());
      boolean isOwn = table.ownedBy(ProcessHandle.current().pid()).size() == 1;
      System.out.println("owner=" + isOwn);
      TcpTable own = TcpTable.snapshot(TcpQuery.all().ownedByThisProcess());
      System.out.println("own=" + own.size());
    }
    Binding binding = TcpTable.binding();
    System.out.println("binding=" + binding.name());
    binding.passedOver().forEach((name, why) -> System.out.println("not." + name + "=" + why));
    TableSources sources = TcpTable.sources();
    System.out.println("sockets=" + sources.sockets());
    System.out.println("owners=" + sources.owners());
    sources
        .passedOver()
        .forEach((name, why) -> System.out.println("source.not." + name + "=" + why));
  }
}
