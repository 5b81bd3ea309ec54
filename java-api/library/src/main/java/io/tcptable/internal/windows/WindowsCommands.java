// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.ShellDialect;
import io.tcptable.internal.platform.SystemCommands;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands of Windows, for PowerShell. */
final class WindowsCommands implements SystemCommands {

  private final ShellDialect shell;

  WindowsCommands(ShellDialect shell) {
    this.shell = shell;
  }

  /** There is no command for it that every Windows has. */
  @Override
  public Optional<String> asSuperuser(String commandLine) {
    return Optional.empty();
  }

  /** The one there is asks for a password. */
  @Override
  public Optional<List<String>> asUser(String user, List<String> command) {
    return Optional.empty();
  }

  /** A program without a window stops by force only. */
  @Override
  public String terminate(long pid) {
    return "taskkill /F /PID " + pid;
  }

  @Override
  public String lastLines(String file) {
    return shell.command("Get-Content", "-Tail", "50", file);
  }

  @Override
  public String visibly(String commandLine) {
    return commandLine + " | ForEach-Object { $_ -replace '[\\p{Cc}-[\\t]]', '?' }";
  }

  @Override
  public String service(String verb, String service, boolean ofUser) {
    String command =
        switch (verb) {
          case "restart" -> "Restart-Service";
          case "start" -> "Start-Service";
          default -> "Get-Service";
        };
    // Several may share a process: "Dnscache, NlaSvc".
    return command
        + " "
        + Arrays.stream(service.split(", ")).map(shell::quoted).collect(Collectors.joining(", "));
  }

  @Override
  public Optional<String> serviceOf(String user, String verb, String service) {
    return Optional.empty();
  }

  /** A service logs under a name of its own choice. */
  @Override
  public String serviceLog(String service, boolean ofUser) {
    return "Get-WinEvent -LogName Application, System -MaxEvents 50";
  }

  @Override
  public String firewall() {
    return "Get-NetFirewallRule -Enabled True -Action Block";
  }

  @Override
  public List<String> answersFromElsewhere() {
    return List.of("netsh interface portproxy show all", "wsl --list --running", "docker ps");
  }

  @Override
  public Optional<String> deniedPorts() {
    return Optional.of("netsh http show servicestate");
  }

  @Override
  public Optional<String> excludedPorts() {
    return Optional.of("netsh interface ipv4 show excludedportrange tcp");
  }

  @Override
  public String moreLocalPorts() {
    return "netsh interface ipv4 set dynamicport tcp start=10000 num=55536";
  }

  /** It adds to those that are reserved already. */
  @Override
  public String reserve(int port, List<String> reserved) {
    return "netsh interface ipv4 add excludedportrange protocol=tcp startport="
        + port
        + " numberofports=1";
  }
}
