// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Command lines of those who run servers for others, such as Docker and runit. */
public final class SupervisorCommand {

  /** How many digits of a long container ID its tools show and take. */
  private static final int SHORT_ID = 12;

  private static final int LONG_ID = 64;

  private final Platform platform;
  private final Predicate<String> isInstalled;

  /** For the shell of an operating system. */
  public SupervisorCommand(Platform platform) {
    this(
        platform,
        program -> platform.findProgram(program, Path.of(""), System.getenv()).isPresent());
  }

  SupervisorCommand(Platform platform, Predicate<String> isInstalled) {
    this.platform = platform;
    this.isInstalled = isInstalled;
  }

  boolean isInstalled(String program) {
    return isInstalled.test(program);
  }

  /** A command line that ends with a name that others have chosen, and may look like an option. */
  String line(String command, String name) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    if (name.startsWith("-")) {
      words.add("--");
    }
    words.add(name);
    return platform.shell().command(words);
  }

  /**
   * For a container.
   *
   * @param container its runtime and its ID or name there, such as {@code docker 5f3c0a...}
   * @param verb {@code restart} or {@code logs}, or {@code unpause} for docker and libpod
   */
  public String ofContainer(String container, String verb) {
    String[] words = container.split(" ", 2);
    if (words.length < 2) {
      throw new IllegalArgumentException("no runtime before the container '" + container + "'");
    }
    String runtime = words[0];
    String id = words[1];
    String shortId = id.length() == LONG_ID ? id.substring(0, SHORT_ID) : id;
    boolean logs = verb.equals("logs");
    return switch (runtime) {
      case "docker" -> line("docker " + verb, shortId);
      case "libpod" -> line("podman " + verb, shortId);
      case "lxc" -> ofLxc(id, logs);
      case "machine" ->
          logs
              ? platform.shell().command(List.of("journalctl", "-M", id, "-n", "50"))
              : line("machinectl reboot", id);
      // Kubernetes starts it again.
      default -> line("crictl " + (logs ? "logs" : "stop"), shortId);
    };
  }

  /** LXD, Incus and the tools of LXC itself name the control groups of their containers alike. */
  private String ofLxc(String id, boolean logs) {
    for (String client : List.of("lxc", "incus")) {
      if (isInstalled.test(client)) {
        return line(client + (logs ? " info --show-log" : " restart"), id);
      }
    }
    String name = "--name=" + id;
    return platform
        .shell()
        .command(logs ? List.of("lxc-info", name) : List.of("lxc-stop", "--reboot", name));
  }
}
