// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.platform.ShellDialect;
import io.tcptable.internal.platform.SystemCommands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands of a Linux distribution with systemd, for {@code sh}. */
final class LinuxCommands implements SystemCommands {

  private static final String LINES = "50";

  private final ShellDialect shell;

  LinuxCommands(ShellDialect shell) {
    this.shell = shell;
  }

  @Override
  public Optional<String> asSuperuser(String commandLine) {
    return Optional.of("sudo " + commandLine);
  }

  @Override
  public Optional<List<String>> asUser(String user, List<String> command) {
    List<String> words = new ArrayList<>(List.of("runuser", "-u", user, "--"));
    words.addAll(command);
    return Optional.of(words);
  }

  @Override
  public String terminate(long pid) {
    return "kill " + pid;
  }

  @Override
  public Optional<String> resume(List<Long> pids) {
    return Optional.of(
        "kill -CONT " + pids.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  @Override
  public Optional<String> kernelStack(long pid) {
    return Optional.of("sudo cat /proc/" + pid + "/stack");
  }

  @Override
  public Optional<String> busyThreads(long pid) {
    return Optional.of("top -H -b -n 1 -p " + pid);
  }

  @Override
  public Optional<String> thaw(Path file) {
    String thawed = file.endsWith("freezer.state") ? "THAWED" : "0";
    return Optional.of("echo " + thawed + " | " + shell.command("sudo", "tee", file.toString()));
  }

  @Override
  public Optional<String> loopbackUp() {
    return Optional.of("sudo ip link set lo up");
  }

  @Override
  public String lastLines(String file) {
    return shell.command("tail", "-n", LINES, file.startsWith("-") ? "./" + file : file);
  }

  /** What is not ASCII is shown as its bytes: no terminal agrees with another on the rest. */
  @Override
  public String visibly(String commandLine) {
    return commandLine + " 2>&1 | cat -v";
  }

  @Override
  public String service(String verb, String service, boolean ofUser) {
    return ofUser
        ? shell.command("systemctl", "--user", verb, named(service))
        : shell.command("systemctl", verb, named(service));
  }

  @Override
  public Optional<String> serviceOf(String user, String verb, String service) {
    return Optional.of(
        shell.command("systemctl", "--user", "--machine=" + user + "@", verb, named(service)));
  }

  @Override
  public String serviceLog(String service, boolean ofUser) {
    return ofUser
        ? shell.command("journalctl", "_SYSTEMD_USER_UNIT=" + service, "-n", LINES)
        : shell.command("journalctl", "-u", named(service), "-n", LINES);
  }

  /** No unit begins with a dash, see {@code systemd.unit(5)}; a control group may. */
  private static String named(String service) {
    return service.startsWith("-") ? "./" + service : service;
  }

  @Override
  public String firewall() {
    return "nft list ruleset";
  }

  @Override
  public List<String> answersFromElsewhere() {
    return List.of(firewall(), "docker ps");
  }

  @Override
  public Optional<String> deniedPorts() {
    return Optional.empty();
  }

  /** In Windows Subsystem for Linux, which names itself in the release of its kernel. */
  @Override
  public List<String> portsOfOuterSystem() {
    return isWsl(ProcFile.setting(Path.of("/proc/sys/kernel/osrelease")).text())
        ? List.of("netstat.exe -ano -p tcp", "netsh.exe interface ipv4 show excludedportrange tcp")
        : List.of();
  }

  /** {@code 6.6.87.2-microsoft-standard-WSL2}, in version 1 {@code 4.4.0-19041-Microsoft}. */
  static boolean isWsl(String kernelRelease) {
    return kernelRelease.toLowerCase(Locale.ROOT).contains("microsoft");
  }

  @Override
  public Optional<String> excludedPorts() {
    return Optional.empty();
  }

  @Override
  public String moreLocalPorts() {
    return "sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"";
  }

  @Override
  public String reserve(int port, List<String> reserved) {
    List<String> all = new ArrayList<>(reserved);
    all.add(Integer.toString(port));
    return "sysctl -w net.ipv4.ip_local_reserved_ports=" + String.join(",", all);
  }
}
