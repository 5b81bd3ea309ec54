// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.ChildProcesses;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the tools of the kernel's packet filter, which only root may use; milliseconds each. */
final class NatTools {

  private static final int LONGEST_SECONDS = 2;
  private static final int MOST_BYTES = 8 << 20;

  private NatTools() {}

  /** Where a rule sends connections to a local port; empty if no rule does, or none can be read. */
  static Optional<InetSocketAddress> target(int port) {
    return output("iptables-save", "-t", "nat")
        .map(IptablesRules::parse)
        .flatMap(rules -> rules.target(port, NatTools::isLocal))
        .or(
            () ->
                output("nft", "--json", "list", "ruleset")
                    .map(NftRules::parse)
                    .flatMap(rules -> rules.target(port, NatTools::isLocal)));
  }

  private static boolean isLocal(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static Optional<String> output(String tool, String... arguments) {
    Optional<Path> file = TrustedTool.find(tool);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(file.get().toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          ChildProcesses.start(
              new ProcessBuilder(command)
                  .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                  .redirectError(Redirect.DISCARD));
      try {
        return output(process);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A tool that hangs holds its output open: then it is ended, which ends the reading. */
  private static Optional<String> output(Process process) throws IOException {
    process
        .onExit()
        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .exceptionally(
            late -> {
              process.destroyForcibly();
              return process;
            });
    byte[] bytes = process.getInputStream().readNBytes(MOST_BYTES);
    return bytes.length == MOST_BYTES
        ? Optional.empty()
        : Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }
}
