// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.agreement.Namespace;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import io.tcptable.program.RunningProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine, as far as namespaces make one, on which a user without rights attacks root: own
 * network, own processes, own mounts. All of its processes end with it.
 */
final class HostileHost implements AutoCloseable {

  static final int PORT = 3001;

  /** Longer takes no command here: it hangs. */
  private static final int SECONDS = 50;

  /** What {@code timeout} says of a command that it had to kill. */
  static final int HUNG = 137;

  private final Namespace namespace = Namespace.withOwnProcesses();
  private final Deque<PythonPeer> peers = new ArrayDeque<>();
  private final Path folder;
  private final List<String> options;
  private @Nullable ResidentProgram resident;

  /**
   * @param options for Java, for the program that stays
   */
  HostileHost(String... options) {
    this.options = List.of(options);
    try {
      folder = Files.createTempDirectory("tcptable-attack");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A directory where everybody may write. */
  Path folder() {
    return folder;
  }

  Namespace namespace() {
    return namespace;
  }

  /** A process of the user who attacks: nobody. */
  PythonPeer attacker() {
    return peer(UserAccount.NOBODY);
  }

  /** A process of root, to make ready what the attack needs. */
  PythonPeer root() {
    return peer(UserAccount.ROOT);
  }

  private PythonPeer peer(UserAccount account) {
    PythonPeer peer = namespace.peer(account);
    peers.push(peer);
    peer.run(resource("tricks.py"));
    return peer;
  }

  private static String resource(String name) {
    try (InputStream in = HostileHost.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError(name + " is not among the test resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Root runs the program; what takes too long is killed and ends with {@link #HUNG}. */
  Run tcptable(String... arguments) {
    if (resident == null || !resident.isAlive()) {
      resident = new ResidentProgram(namespace.prefix(UserAccount.ROOT), options);
    }
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

  /** A text as a literal of bytes in Python. */
  static String bytes(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static String bytes(byte[] text) {
    StringBuilder literal = new StringBuilder("b'");
    for (byte b : text) {
      literal.append(String.format("\\x%02x", b));
    }
    return literal.append('\'').toString();
  }

  /** Ends the processes of the attack, and keeps the rest for the next one. */
  void endAttack() throws IOException {
    while (!peers.isEmpty()) {
      peers.pop().close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      endAttack();
      if (resident != null) {
        resident.close();
      }
    } finally {
      namespace.close();
      new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString()).start();
    }
  }
}
