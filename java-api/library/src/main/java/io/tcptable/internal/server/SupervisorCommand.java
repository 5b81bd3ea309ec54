// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.diagnose.SystemWords;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of those who run servers for others, such as systemd and Docker.
 *
 * <p>A verb is {@code restart}, or {@code status} for a service, or {@code logs} for a container.
 */
public final class SupervisorCommand {

  /** How many digits of a long container ID its tools show and take. */
  private static final int SHORT_ID = 12;

  private static final int LONG_ID = 64;

  /** What the name of a service of systemd ends with. */
  private static final String UNIT = ".service";

  private SupervisorCommand() {}

  /** A command line that ends with a name that others have chosen, and may look like an option. */
  static String line(String command, String name) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    if (name.startsWith("-")) {
      words.add("--");
    }
    words.add(name);
    return SystemWords.ofThisSystem().command(words);
  }

  /**
   * For a unit of systemd, see {@code systemctl(1)}, or a service of Windows, in PowerShell.
   *
   * @param unit its name, such as {@code web.service}; on Windows one or several, such as {@code
   *     TermService}
   * @param ofUser whether a user's own systemd runs it
   */
  public static String ofService(String unit, boolean ofUser, String verb) {
    if (!unit.endsWith(UNIT)) {
      return (verb.equals("restart") ? "Restart-Service " : "Get-Service ") + unit;
    }
    return line("systemctl " + (ofUser ? "--user " : "") + verb, unit);
  }

  /**
   * The same for a unit that another user's systemd runs, as root may ask for it.
   *
   * @param user whose it is
   */
  public static String ofServiceOf(String user, String unit, String verb) {
    return line("systemctl --user --machine=" + user + "@ " + verb, unit);
  }

  /**
   * For a container.
   *
   * @param container its runtime and its ID or name there, such as {@code docker 5f3c0a...}
   */
  public static String ofContainer(String container, String verb) {
    String runtime = container.substring(0, container.indexOf(' '));
    String id = container.substring(container.indexOf(' ') + 1);
    String shortId = id.length() == LONG_ID ? id.substring(0, SHORT_ID) : id;
    boolean logs = verb.equals("logs");
    return switch (runtime) {
      case "docker" -> line("docker " + verb, shortId);
      case "libpod" -> line("podman " + verb, shortId);
      case "lxc" -> line(logs ? "lxc info --show-log" : "lxc " + verb, id);
      case "machine" ->
          logs
              ? SystemWords.ofThisSystem().command(List.of("journalctl", "-M", id, "-n", "50"))
              : line("machinectl reboot", id);
      // Kubernetes starts it again.
      default -> line("crictl " + (logs ? "logs" : "stop"), shortId);
    };
  }
}
