// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The commands of an operating system that a person is told to run, as one line for its shell, each
 * word quoted. Empty if there is no such command.
 */
public interface SystemCommands {

  /** Runs a command line as the superuser. */
  Optional<String> asSuperuser(String commandLine);

  /** The words of a command that runs another as a user. */
  Optional<List<String>> asUser(String user, List<String> command);

  /** Stops a process. */
  String terminate(long pid);

  /** Resumes processes that are stopped. */
  default Optional<String> resume(List<Long> pids) {
    return Optional.empty();
  }

  /** Shows where in the kernel a process waits. */
  default Optional<String> kernelStack(long pid) {
    return Optional.empty();
  }

  /** Shows the threads of a process and what they use of a CPU. */
  default Optional<String> busyThreads(long pid) {
    return Optional.empty();
  }

  /** Thaws a control group by the file that has frozen it. */
  default Optional<String> thaw(Path file) {
    return Optional.empty();
  }

  /** Enables the loopback interface. */
  default Optional<String> loopbackUp() {
    return Optional.empty();
  }

  /** Shows the last lines of a file. */
  String lastLines(String file);

  /**
   * Runs a command line whose output another user has written, and shows control characters instead
   * of sending them to the terminal, which would obey them.
   */
  String visibly(String commandLine);

  /**
   * Restarts, starts or shows a service.
   *
   * @param verb {@code restart}, {@code start} or {@code status}
   * @param ofUser whether a user's own service manager runs it
   */
  String service(String verb, String service, boolean ofUser);

  /** The same of a service of another user's own service manager. */
  Optional<String> serviceOf(String user, String verb, String service);

  /**
   * Shows what a service has logged last.
   *
   * @param ofUser whether a user's own service manager runs it
   */
  String serviceLog(String service, boolean ofUser);

  /** Shows what a firewall blocks. */
  String firewall();

  /** Show who answers on a port without a listener. */
  List<String> answersFromElsewhere();

  /** Shows who has a port that is denied to this user. */
  Optional<String> deniedPorts();

  /** Shows the ports that no program is given. */
  Optional<String> excludedPorts();

  /**
   * Show who has a port on the system that this one runs in and shares its ports with, and which
   * ports that keeps; none if there is no such system.
   */
  default List<String> portsOfOuterSystem() {
    return List.of();
  }

  /** Gives outgoing connections more local ports. */
  String moreLocalPorts();

  /**
   * Keeps a port from outgoing connections.
   *
   * @param reserved the ports that are kept from them already, as ranges such as {@code 8080-8090}
   */
  String reserve(int port, List<String> reserved);
}
