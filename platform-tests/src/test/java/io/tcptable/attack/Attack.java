// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.agreement.PythonPeer;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** One attack on a {@link HostileHost}: its port, its directory and its processes. */
final class Attack implements AutoCloseable {

  static final String TRICKS = tricks();

  private final HostileHost host;
  private final int port;
  private final Path folder;
  private final Deque<PythonPeer> peers = new ArrayDeque<>();

  Attack(HostileHost host, int port, Path folder) {
    this.host = host;
    this.port = port;
    this.folder = folder;
  }

  private static String tricks() {
    try (InputStream in = Attack.class.getResourceAsStream("tricks.py")) {
      if (in == null) {
        throw new AssertionError("tricks.py is not among the test resources");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The port that is attacked, as a word of a command line. */
  String port() {
    return Integer.toString(port);
  }

  /** A directory of this attack alone, where everybody may write. */
  Path folder() {
    return folder;
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
    PythonPeer peer = host.peer(account);
    peers.push(peer);
    peer.run(TRICKS + "\nPORT = " + port);
    return peer;
  }

  /** Root runs the program; what takes too long ends with {@link HostileHost#HUNG}. */
  Run tcptable(String... arguments) {
    return host.tcptable(arguments);
  }

  /** Root asks why the port does not answer, with little patience. */
  Run diagnose(String... options) {
    String[] arguments = new String[4 + options.length];
    System.arraycopy(new String[] {"diagnose", port(), "--deadline", "300ms"}, 0, arguments, 0, 4);
    System.arraycopy(options, 0, arguments, 4, options.length);
    return tcptable(arguments);
  }

  /** A snippet of Python: all that a process may choose itself. */
  String looks(ForeignWord word) {
    return """
        name(%s)
        arguments(%s, %2$s)
        enter(%s + %2$s.replace(b'/', b'_'))
        write_to(%2$s.replace(b'/', b'_') + b'.log')
        """
        .formatted(word.shortLiteral(), word.literal(), bytes(folder + "/at-"));
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

  /** Ends its processes. */
  @Override
  public void close() throws IOException {
    while (!peers.isEmpty()) {
      peers.pop().close();
    }
  }
}
