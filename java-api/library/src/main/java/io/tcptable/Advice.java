// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One thing to do: a command of the operating system, a sentence, or something that this library
 * does itself. The last is a value, so that a program can do it, or word it for its users.
 * Immutable.
 */
public sealed interface Advice {

  /** What an advice is. */
  enum Kind {
    /** A command line for the shell of the system, complete and quoted: a {@link Command}. */
    COMMAND,
    /** A sentence for a person: a {@link Hint}. */
    HINT,
    /** Something that this library does: all others. */
    ACTION
  }

  /** What it is. */
  default Kind kind() {
    return Kind.ACTION;
  }

  /** What to do, for a person: the command line, or a sentence. */
  String text();

  private static String place(int port, Optional<ListenAddress> address) {
    return address.map(ListenAddress::toString).orElse("port " + port);
  }

  /**
   * A command of the operating system.
   *
   * @param text the command line for {@code sh} or, on Windows, PowerShell
   */
  record Command(String text) implements Advice {
    @Override
    public Kind kind() {
      return Kind.COMMAND;
    }
  }

  /**
   * What no command does.
   *
   * @param text one or more sentences
   */
  record Hint(String text) implements Advice {
    @Override
    public Kind kind() {
      return Kind.HINT;
    }
  }

  /**
   * Stop the owners of the port and start the server again, see {@code io.tcptable.restart}.
   *
   * @param port the port
   * @param command the words of the command that started the server; empty if not known
   * @param directory where to start it, if that is not where this process runs
   * @param user whom the server runs as, if that is not the user of this process
   * @param address the address of the server; empty for all of the port
   */
  record Restart(
      int port,
      List<String> command,
      Optional<Path> directory,
      Optional<String> user,
      Optional<ListenAddress> address)
      implements Advice {

    /** With a command that is not known. */
    public static Restart unknown(int port, Optional<ListenAddress> address) {
      Objects.requireNonNull(address, "address");
      return new Restart(port, List.of(), Optional.empty(), Optional.empty(), address);
    }

    /** Keeps its own copy. */
    public Restart {
      command = List.copyOf(command);
    }

    /** The server of a port, whatever its address. */
    public Restart(
        int port, List<String> command, Optional<Path> directory, Optional<String> user) {
      this(port, command, directory, user, Optional.empty());
    }

    @Override
    public String text() {
      return "Restart the server of "
          + place(port, address)
          + user.map(name -> " as user " + name).orElse("")
          + ".";
    }
  }

  /**
   * Stop the owners of the port and start the server again the way it ran: {@code
   * PortRestart.asItWas(port)}.
   *
   * @param port the port
   * @param address the address of the server; empty for all of the port
   */
  record RestartAsItWas(int port, Optional<ListenAddress> address) implements Advice {

    /** The server of a port, whatever its address. */
    public RestartAsItWas(int port) {
      this(port, Optional.empty());
    }

    @Override
    public String text() {
      return "Restart the server of " + place(port, address) + " the way it runs.";
    }
  }

  /**
   * Stop the owners of the port, and start nothing.
   *
   * @param port the port
   * @param address the address to free; empty for all of the port
   */
  record Free(int port, Optional<ListenAddress> address) implements Advice {

    /** All addresses of a port. */
    public Free(int port) {
      this(port, Optional.empty());
    }

    @Override
    public String text() {
      return "Free " + place(port, address) + ".";
    }
  }

  /**
   * Start a server on the port; which one is not known.
   *
   * @param port the port
   * @param address where it is to listen; empty if any address will do
   */
  record Start(int port, Optional<ListenAddress> address) implements Advice {

    /** At any address of a port. */
    public Start(int port) {
      this(port, Optional.empty());
    }

    @Override
    public String text() {
      return "Start a server on " + place(port, address) + ".";
    }
  }

  /**
   * Diagnose the port once more.
   *
   * @param port the port
   * @param how what to change
   * @param health the URL to ask, if that is known
   * @param address the address to look at; empty for all of the port
   */
  record Diagnose(int port, How how, Optional<String> health, Optional<ListenAddress> address)
      implements Advice {

    /** All addresses of a port. */
    public Diagnose(int port, How how, Optional<String> health) {
      this(port, how, health, Optional.empty());
    }

    /** What to change. */
    public enum How {
      /** Nothing: what was seen was about to change. */
      AGAIN,
      /** Run as the user who may see every process. */
      AS_SUPERUSER,
      /** Ask another health check URL. */
      OTHER_HEALTH,
      /** With thread dumps of owners that are JVMs. */
      WITH_THREADS
    }

    @Override
    public String text() {
      return "Diagnose "
          + place(port, address)
          + switch (how) {
            case AGAIN -> " again.";
            case WITH_THREADS -> " with thread dumps.";
            case AS_SUPERUSER -> " as a user who may see every process.";
            case OTHER_HEALTH ->
                " with the health check URL " + health.orElse("of this server") + ".";
          };
    }
  }

  /**
   * List the sockets of a process.
   *
   * @param pid its PID
   */
  record ListOfProcess(long pid) implements Advice {
    @Override
    public String text() {
      return "List the sockets of PID " + pid + ".";
    }
  }

  /**
   * List the sockets of the port in one state.
   *
   * @param port the port
   * @param state the state
   */
  record ListOfPort(int port, TcpState state) implements Advice {
    @Override
    public String text() {
      return "List the sockets of port " + port + " in " + state + ".";
    }
  }

  /**
   * List the sockets of the port in the network namespace of a process: {@code
   * TcpQuery.inNamespaceOf(pid)}.
   *
   * @param port the port
   * @param pid the process
   */
  record ListOfNamespace(int port, long pid) implements Advice {
    @Override
    public String text() {
      return "List the sockets of port " + port + " in the network namespace of PID " + pid + ".";
    }
  }

  /**
   * Stop the processes that this user may stop, even if others stay on the port: {@code
   * PortRestart.allowPartial()}.
   */
  record StopSome() implements Advice {
    @Override
    public String text() {
      return "Allow that only some are stopped; the port becomes free only if no other holds it.";
    }
  }

  /**
   * Name the server that is meant by its address, where several servers have the port: {@code
   * PortRestart.restart(ListenAddress, String...)}; or keep the others: {@code PortRestart.keep}.
   *
   * @param addresses one of each server
   */
  record ChooseAddress(List<ListenAddress> addresses) implements Advice {

    /** Keeps its own copy. */
    public ChooseAddress {
      addresses = List.copyOf(addresses);
    }

    @Override
    public String text() {
      return "Name the address of the server that is meant: "
          + addresses.stream().map(ListenAddress::toString).collect(Collectors.joining(" or "))
          + ".";
    }
  }

  /**
   * Trust the certificate of the server in the health check: {@code HealthProbe.trusting}, or
   * {@code HealthProbe.acceptingAnyCertificate}.
   */
  record TrustCertificate() implements Advice {
    @Override
    public String text() {
      return "Let the health check trust the certificate, or accept any.";
    }
  }

  /** Stop processes that also serve other ports: {@code PortRestart.allowOtherPorts()}. */
  record StopOtherPorts() implements Advice {
    @Override
    public String text() {
      return "Allow that processes are stopped that also serve other ports.";
    }
  }

  /**
   * Have the runtime restart the container that the server runs in: {@code PortRestart.byRuntime}.
   *
   * @param port the port
   * @param address the only address of it that is meant; empty if all are
   */
  record RestartByRuntime(int port, Optional<ListenAddress> address) implements Advice {
    @Override
    public String text() {
      return "Have the runtime of the container restart it.";
    }
  }

  /**
   * Stop the processes themselves although a supervisor manages them: {@code
   * PortRestart.ignoreSupervisor()}.
   */
  record IgnoreSupervisor() implements Advice {
    @Override
    public String text() {
      return "Ignore the supervisor and stop the processes; it may start them again.";
    }
  }
}
