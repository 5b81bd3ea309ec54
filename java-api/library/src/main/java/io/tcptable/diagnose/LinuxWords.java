// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of Linux, for {@code sh}. */
final class LinuxWords implements SystemWords {

  private static final long INIT = 1;

  @Override
  public String superuser() {
    return "root";
  }

  @Override
  public Optional<String> asSuperuser(String command) {
    return Optional.of("sudo " + command);
  }

  @Override
  public String ofAnotherUser() {
    return "This user can neither stop it nor see all of it.";
  }

  @Override
  public Optional<String> ofTheSystem(long pid) {
    return pid == INIT ? Optional.of("is the first process of the system") : Optional.empty();
  }

  @Override
  public String command(List<String> words) {
    return CommandText.of(words);
  }

  @Override
  public String in(Path directory, String command) {
    return "cd " + command(List.of(directory.toString())) + " && " + command;
  }

  @Override
  public String end(long pid) {
    return "kill " + pid;
  }

  @Override
  public String lastLines(String file) {
    return command(List.of("tail", "-n", "50", file));
  }

  @Override
  public String serviceLog(String service, boolean ofUser) {
    return ofUser
        ? command(List.of("journalctl", "_SYSTEMD_USER_UNIT=" + service, "-n", "50"))
        : command(List.of("journalctl", "-u", service, "-n", "50"));
  }

  @Override
  public String costOfSocket() {
    return "a descriptor, until none is left";
  }

  @Override
  public String stopped() {
    return "A signal (SIGSTOP, or Ctrl-Z in a terminal) has stopped it. The kernel still accepts"
        + " connections, but no process serves them.";
  }

  @Override
  public List<String> resume(long pid) {
    return List.of("kill -CONT " + pid);
  }

  @Override
  public List<String> resumeByHand() {
    return List.of();
  }

  @Override
  public List<String> showKernelStack(long pid) {
    return List.of("sudo cat /proc/" + pid + "/stack");
  }

  @Override
  public String firewall() {
    return "nft list ruleset";
  }

  @Override
  public String answeredFromElsewhere() {
    return "a redirect of the firewall, or another network namespace such as a container";
  }

  @Override
  public List<String> lookElsewhere() {
    return List.of(firewall(), "docker ps");
  }

  @Override
  public String ownerElsewhere() {
    return "No process seen from here holds it. The owner is outside of this PID namespace, for"
        + " example on the host or in a container.";
  }

  @Override
  public String lookForOwner() {
    return "Run the diagnosis on the host.";
  }

  @Override
  public String hiddenOwner() {
    return "perhaps a process of another PID namespace";
  }

  @Override
  public String freeFromHiddenOwner() {
    return "if a container runs it, restart the container";
  }

  @Override
  public String turnsAway() {
    return "by a firewall, or by net.ipv4.tcp_abort_on_overflow";
  }

  @Override
  public String unanswered() {
    return "The accept queue has room, but the kernel does not see the request, or its reply gets"
        + " lost. Usually a firewall drops it.";
  }

  @Override
  public String endOfHalfClosed() {
    return "after net.ipv4.tcp_fin_timeout";
  }

  @Override
  public String bindDenied() {
    return "A security module forbids this user to bind the port.";
  }

  @Override
  public List<String> showBindDenial() {
    return List.of();
  }

  @Override
  public String permitBind() {
    return "Start the server as root, or give it CAP_NET_BIND_SERVICE.";
  }

  @Override
  public String bindBesideLingering() {
    return "Set SO_REUSEADDR in the server, or wait a minute.";
  }

  @Override
  public String noLocalPort() {
    return "connect fails with EADDRNOTAVAIL. Sockets in TIME_WAIT release their port after a minute";
  }

  @Override
  public String moreLocalPorts() {
    return "sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"";
  }

  @Override
  public String reserve(int port, List<String> reserved) {
    return "sysctl -w net.ipv4.ip_local_reserved_ports="
        + Stream.concat(reserved.stream(), Stream.of(Integer.toString(port)))
            .collect(Collectors.joining(","));
  }

  @Override
  public String askToEnd() {
    return "ask them to end";
  }

  @Override
  public String nobodyToAsk() {
    return "nobody can be asked";
  }

  @Override
  public String notDetached() {
    return "in this terminal's session: there is no setsid here";
  }
}
