// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.Platforms;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What people on an operating system call things, and which commands they have there. What is found
 * on one system only has its words where it is found; here is what both have to say, each in its
 * own way. Commands are for the shell of that system: {@code sh} or PowerShell. Immutable.
 */
public interface SystemWords {

  /** Those of the system whose tables this JVM reads; of one that is not known, those of Linux. */
  static SystemWords ofThisSystem() {
    return Platforms.current().name().equals("Windows") ? new WindowsWords() : new LinuxWords();
  }

  /** Who may do anything: {@code root}. */
  String superuser();

  /** The command that runs another one as the superuser; empty if not every system has one. */
  Optional<String> asSuperuser(String command);

  /** Why one user's process is out of another's reach. */
  String ofAnotherUser();

  /** What a process is that nobody may stop, as in "it is ..."; empty if it is none. */
  Optional<String> ofTheSystem(long pid);

  /** The words of a command in one line, those in quotes that need them. */
  String command(List<String> words);

  /** A command that is run in a directory. */
  String in(Path directory, String command);

  /** The command that ends a process. */
  String end(long pid);

  /** The command that shows the last lines of a file. */
  String lastLines(String file);

  /**
   * The command that shows what a service has logged lately.
   *
   * @param ofUser whether a user's own service manager runs it
   */
  String serviceLog(String service, boolean ofUser);

  /** What an open socket takes up. */
  String costOfSocket();

  /** What makes a process stand still, and what it does not do meanwhile. */
  String stopped();

  /** The commands that let a process go on that stands still; empty if there is none. */
  List<String> resume(long pid);

  /** The same in sentences, where there is no command for it. */
  List<String> resumeByHand();

  /** The commands that show where in the kernel a process waits; empty if there is none. */
  List<String> showKernelStack(long pid);

  /** The command that shows what a firewall keeps out. */
  String firewall();

  /** Who answers on a port on which nobody listens, and the commands that show them. */
  String answeredFromElsewhere();

  /** The commands that show who answers on a port on which nobody listens. */
  List<String> lookElsewhere();

  /** Where an owner is that cannot be found, though every process could be looked into. */
  String ownerElsewhere();

  /** What to do about an owner that cannot be found. */
  String lookForOwner();

  /** The same, of what cannot be stopped because of it. */
  String hiddenOwner();

  /** How a port gets free that is held from there. */
  String freeFromHiddenOwner();

  /** What turns connections away at once, though somebody listens. */
  String turnsAway();

  /** What became of a request for a connection that nobody answered. */
  String unanswered();

  /** When the system gives up a connection that the server has closed and the client has not. */
  String endOfHalfClosed();

  /** What it means that a port that is not known to be taken is denied to this user. */
  String bindDenied();

  /** The commands that show what it is denied for. */
  List<String> showBindDenial();

  /** What to do about that, in a sentence. */
  String permitBind();

  /** What lets a server have a port on which closed connections linger. */
  String bindBesideLingering();

  /** How programs are told that no local port is left, and when there will be some again. */
  String noLocalPort();

  /** The command that gives outgoing connections more ports. */
  String moreLocalPorts();

  /**
   * The command that keeps a port from outgoing connections.
   *
   * @param reserved the ports that are kept from them already, as ranges such as {@code 8080-8090}
   */
  String reserve(int port, List<String> reserved);

  /** Whom a polite request to end reaches. */
  String askToEnd();

  /** Why there is nobody whom such a request reaches. */
  String nobodyToAsk();

  /** What ties a server that was started to where it was started. */
  String notDetached();
}
