// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
   */
  record Restart(int port, List<String> command, Optional<Path> directory, Optional<String> user)
      implements Advice {

    /** Keeps its own copy. */
    public Restart {
      command = List.copyOf(command);
    }

    @Override
    public String text() {
      return "Restart the server of port "
          + port
          + user.map(name -> " as user " + name).orElse("")
          + ".";
    }
  }

  /**
   * Stop the owners of the port, and start nothing.
   *
   * @param port the port
   */
  record Free(int port) implements Advice {
    @Override
    public String text() {
      return "Free port " + port + ".";
    }
  }

  /**
   * Start a server on the port; which one is not known.
   *
   * @param port the port
   */
  record Start(int port) implements Advice {
    @Override
    public String text() {
      return "Start a server on port " + port + ".";
    }
  }

  /**
   * Diagnose the port once more.
   *
   * @param port the port
   * @param how what to change
   * @param health the URL to ask, if that is known
   */
  record Diagnose(int port, How how, Optional<String> health) implements Advice {

    /** What to change. */
    public enum How {
      /** Nothing: what was seen was about to change. */
      AGAIN,
      /** Run as the user who may see every process. */
      AS_SUPERUSER,
      /** Ask another health check URL. */
      OTHER_HEALTH
    }

    @Override
    public String text() {
      return "Diagnose port "
          + port
          + switch (how) {
            case AGAIN -> " again.";
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
   * Stop the processes that this user may stop, even if others stay on the port: {@code
   * PortRestart.allowPartial()}.
   */
  record StopSome() implements Advice {
    @Override
    public String text() {
      return "Allow that only some are stopped; the port becomes free only if no other holds it.";
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
