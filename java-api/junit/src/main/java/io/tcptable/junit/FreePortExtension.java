// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.process.PortPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Finds a free port; see {@link FreePort}. */
final class FreePortExtension implements ParameterResolver {

  /** Below the ports that Linux and Windows give to outgoing connections by default. */
  private static final int FIRST = 10_000;

  private static final int COUNT = 22_768;

  /** How far apart two JVMs begin whose PIDs are one apart. */
  private static final int APART = 997;

  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * APART % COUNT));

  /** Called by JUnit. */
  FreePortExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return parameter.isAnnotated(FreePort.class) && (type == int.class || type == Integer.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Optional<PortPolicy> policy = policy();
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (policy.filter(it -> it.isGivenAway(port) || it.isExcluded(port)).isEmpty()
          && isFree(port)) {
        return port;
      }
    }
    throw new ParameterResolutionException(
        "no port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free");
  }

  private static Optional<PortPolicy> policy() {
    try {
      return Optional.of(TcpTable.readPortPolicy());
    } catch (TcpTableException e) {
      return Optional.empty();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Not even if all that is left there are connections in TIME_WAIT.
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
