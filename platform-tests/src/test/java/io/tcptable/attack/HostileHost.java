// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.agreement.Namespace;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import io.tcptable.program.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A machine, as far as namespaces make one, on which a user without rights attacks root: own
 * network, own processes, own mounts. All of its processes end with it. Several attacks at a time
 * are possible, each on a port of its own.
 */
final class HostileHost implements AutoCloseable {

  private static final int FIRST_PORT = 3001;

  /** A command that takes longer hangs. */
  private static final int SECONDS = 50;

  /** What {@code timeout} says of a command that it had to kill. */
  static final int HUNG = 137;

  private final Namespace namespace = Namespace.withOwnProcesses();
  private final AtomicInteger nextPort = new AtomicInteger(FIRST_PORT);
  private final Path folder;
  private final ResidentProgram resident;
  private @Nullable PythonPeer groups;

  /**
   * @param options for Java, for the program that stays
   */
  HostileHost(String... options) {
    try {
      folder = folder(Files.createTempDirectory("tcptable-attack"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    resident = new ResidentProgram(namespace.prefix(UserAccount.ROOT), List.of(options));
  }

  private static Path folder(Path path) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  /** A directory where everybody may write. */
  Path folder() {
    return folder;
  }

  Namespace namespace() {
    return namespace;
  }

  /** One more attack, on the next port. */
  Attack attack() {
    int port = nextPort.getAndIncrement();
    try {
      return new Attack(this, port, folder(Files.createDirectory(folder.resolve("at-" + port))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  PythonPeer peer(UserAccount account) {
    synchronized (namespace) {
      return namespace.peer(account);
    }
  }

  /** Root runs the program; a command that takes too long ends with {@link #HUNG}. */
  Run tcptable(String... arguments) {
    return resident.run(SECONDS, arguments);
  }

  /** The same in a JVM of its own, with more variables and with options for Java. */
  Run process(Map<String, String> variables, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>(namespace.prefix(UserAccount.ROOT));
    command.addAll(List.of("timeout", "-s", "KILL", Integer.toString(SECONDS)));
    command.addAll(ProgramJar.command(options, arguments));
    try (RunningProgram program = RunningProgram.start(command, variables)) {
      return program.end();
    }
  }

  /** Puts a process into a control group, which is removed when this host is closed. */
  synchronized void group(String path, long pid) {
    if (groups == null) {
      groups = peer(UserAccount.ROOT);
      groups.run(Attack.TRICKS);
    }
    groups.run("group(" + Attack.bytes(path) + ", " + pid + ")");
  }

  @Override
  public void close() throws IOException {
    try {
      resident.close();
      if (groups != null) {
        groups.run("remove_groups()");
      }
    } finally {
      namespace.close();
      new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString()).start();
    }
  }
}
