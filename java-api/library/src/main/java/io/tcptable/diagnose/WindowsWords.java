// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The words of Windows, for PowerShell. */
final class WindowsWords implements SystemWords {

  private static final long SYSTEM = 4;

  /**
   * What PowerShell gives no meaning; a comma, for one, would make a list. It takes an option apart
   * at a point or colon, such as {@code -Dserver.port=3001}.
   */
  private static final Pattern PLAIN = Pattern.compile("(?!-.*[.:])[A-Za-z0-9_+=:./\\\\-]+");

  @Override
  public String superuser() {
    return "administrator";
  }

  /** There is no command for it that every Windows has. */
  @Override
  public Optional<String> asSuperuser(String command) {
    return Optional.empty();
  }

  @Override
  public String ofAnotherUser() {
    return "Only an administrator can stop it and see all of it.";
  }

  /** Drivers listen in its name, such as that of HTTP. */
  @Override
  public Optional<String> ofTheSystem(long pid) {
    return pid == SYSTEM ? Optional.of("is Windows itself") : Optional.empty();
  }

  @Override
  public String command(List<String> words) {
    return words.stream().map(WindowsWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "''") + "'";
  }

  /** PowerShell has had {@code &&} since version 7 only. */
  @Override
  public String in(Path directory, String command) {
    return "cd " + command(List.of(directory.toString())) + "; " + command;
  }

  /** A program without a window ends by force only. */
  @Override
  public String end(long pid) {
    return "taskkill /F /PID " + pid;
  }

  @Override
  public String lastLines(String file) {
    return command(List.of("Get-Content", "-Tail", "50", file));
  }

  /** A service logs under a name of its own choice. */
  @Override
  public String serviceLog(String service, boolean ofUser) {
    return "Get-WinEvent -LogName Application, System -MaxEvents 50";
  }

  @Override
  public String costOfSocket() {
    return "a handle and memory";
  }

  @Override
  public String stopped() {
    return "All its threads are suspended, for example by a debugger. Windows still accepts"
        + " connections, but no process serves them.";
  }

  @Override
  public List<String> resume(long pid) {
    return List.of();
  }

  @Override
  public List<String> resumeByHand() {
    return List.of("Resume it in Process Explorer, or continue in the debugger.");
  }

  @Override
  public List<String> showKernelStack(long pid) {
    return List.of();
  }

  @Override
  public String firewall() {
    return "Get-NetFirewallRule -Enabled True -Action Block";
  }

  @Override
  public String answeredFromElsewhere() {
    return "a port proxy, or a virtual machine such as WSL or a container";
  }

  @Override
  public List<String> lookElsewhere() {
    return List.of("netsh interface portproxy show all", "wsl --list --running", "docker ps");
  }

  @Override
  public String ownerElsewhere() {
    return "Windows names no process for it that is still running: another one may have inherited"
        + " its handle.";
  }

  @Override
  public String lookForOwner() {
    return "Look for the handle with Process Explorer, or restart Windows.";
  }

  @Override
  public String hiddenOwner() {
    return "Windows names no process for it that is still running";
  }

  @Override
  public String freeFromHiddenOwner() {
    return "look for the handle with Process Explorer, or restart Windows";
  }

  @Override
  public String turnsAway() {
    return "by a firewall, or because too many wait to be accepted";
  }

  @Override
  public String unanswered() {
    return "Windows does not see the request, or its reply gets lost. Usually a firewall drops it.";
  }

  @Override
  public String endOfHalfClosed() {
    return "after a few minutes";
  }

  @Override
  public String bindDenied() {
    return "A process has the port exclusively (SO_EXCLUSIVEADDRUSE), or Windows keeps it for one of"
        + " its own services.";
  }

  @Override
  public List<String> showBindDenial() {
    return List.of("netsh http show servicestate");
  }

  @Override
  public String permitBind() {
    return "Use another port.";
  }

  @Override
  public String bindBesideLingering() {
    return "Wait a few minutes.";
  }

  @Override
  public String noLocalPort() {
    return "connect fails with WSAEADDRINUSE. Sockets in TIME_WAIT release their port after a few minutes";
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

  @Override
  public String askToEnd() {
    return "ask those that have a window to close it";
  }

  @Override
  public String nobodyToAsk() {
    return "nobody can be asked: none has a window, which could be asked to close, and Ctrl-C is sent"
        + " only from a program's own console, to everybody on it";
  }

  @Override
  public String notDetached() {
    return "on this console, if there is one: closing that ends it too";
  }
}
