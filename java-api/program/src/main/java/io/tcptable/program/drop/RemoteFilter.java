// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import io.tcptable.program.command.Arguments;
import io.tcptable.restart.PortDrop;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * The remote address that {@code --remote} asks for.
 *
 * @param port 0 for any
 */
record RemoteFilter(InetAddress address, int port) {

  private static final String IPV4 =
      "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}";

  private static final String IPV6 = "[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*";

  private static final Pattern REMOTE =
      Pattern.compile("(?:" + IPV4 + "|\\[" + IPV6 + "])(?::(?<port>[0-9]+))?|" + IPV6);

  /** From {@code 10.0.0.7}, {@code 10.0.0.7:40001}, {@code ::1} or {@code [::1]:40001}. */
  static RemoteFilter parse(String word) {
    Matcher matcher = REMOTE.matcher(word);
    if (!matcher.matches()) {
      throw notAnAddress(word);
    }
    String port = matcher.group("port");
    String address = port == null ? word : word.substring(0, word.length() - port.length() - 1);
    try {
      // A numeric address is never looked up.
      return new RemoteFilter(
          InetAddress.getByName(address), port == null ? 0 : Arguments.port(port));
    } catch (UnknownHostException e) {
      throw notAnAddress(word);
    }
  }

  private static TypeConversionException notAnAddress(String word) {
    return Arguments.refused(
        word, "an IP address", "use for example 10.0.0.7, 10.0.0.7:40001 or [::1]:40001");
  }

  /** Drops only connections with it. */
  PortDrop applyTo(PortDrop drop) {
    return port == 0 ? drop.remote(address) : drop.remote(address, port);
  }
}
