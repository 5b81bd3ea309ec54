// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import io.tcptable.agreement.BindingReader;
import io.tcptable.agreement.Namespace;
import io.tcptable.agreement.PublicClassPath;
import io.tcptable.agreement.PythonPeer;
import io.tcptable.agreement.UserAccount;
import io.tcptable.program.ProgramJar;
import io.tcptable.program.Run;
import java.io.Closeable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A network namespace in which servers are broken on purpose and diagnosed: ports, counters and
 * limits are its own, and packets can be lost in it.
 */
final class Place implements Closeable {

  static final int PORT = 3001;

  private final Namespace namespace;
  private final PythonPeer peer;
  private final Deque<Backend> backends = new ArrayDeque<>();

  Place() {
    this(Namespace.create());
  }

  /** One in which users but root see no processes but their own. */
  static Place withHiddenProcesses() {
    Namespace namespace = Namespace.withOwnProcesses();
    namespace.hideProcesses("invisible");
    return new Place(namespace);
  }

  private Place(Namespace namespace) {
    this.namespace = namespace;
    this.peer = namespace.peer();
  }

  /** Starts {@code backend.py} on {@value #PORT}. */
  Backend backend(String... mode) {
    Backend backend = Backend.start(namespace.prefix(UserAccount.ROOT), PORT, mode);
    backends.push(backend);
    return backend;
  }

  /** Starts a server written in Java, which listens on {@value #PORT}. */
  Backend backend(Class<?> main) {
    Backend backend =
        Backend.start(
            BindingReader.command(
                namespace.prefix(UserAccount.ROOT), BindingReader.classPath(), main),
            PORT);
    backends.push(backend);
    return backend;
  }

  /** Starts any server on {@value #PORT} that says "ready PID" and ends with its input. */
  long serve(List<String> command) {
    List<String> all = new ArrayList<>(namespace.prefix(UserAccount.ROOT));
    all.addAll(command);
    Backend backend = Backend.start(all, PORT);
    backends.push(backend);
    return backend.pids().get(0);
  }

  /** Runs Python code that plays the clients, or whoever else. */
  void act(String snippet) {
    peer.run(snippet);
  }

  /** Its PID. */
  long peer() {
    return peer.pid();
  }

  void lose(String packets) {
    namespace.lose(packets);
  }

  /** Sets a parameter of the kernel, in this namespace only. */
  void set(String parameter, String value) {
    namespace.output(UserAccount.ROOT, List.of("sysctl", "-qw", parameter + "=" + value), "");
  }

  /** Runs any command as root, and returns what it printed. */
  String root(String... command) {
    return namespace.output(UserAccount.ROOT, List.of(command), "");
  }

  Diagnosed diagnose(String... options) {
    return diagnose(PORT, UserAccount.ROOT, options);
  }

  Diagnosed diagnose(int port, UserAccount account, String... options) {
    return diagnose(Integer.toString(port), account, options);
  }

  /** Of a port, or of one address of it. */
  Diagnosed diagnose(String where, UserAccount account, String... options) {
    String classPath =
        account == UserAccount.ROOT
            ? BindingReader.classPath()
            : PublicClassPath.of(BindingReader.classPath());
    List<String> command =
        BindingReader.command(namespace.prefix(account), classPath, DiagnoseMain.class);
    command.add(where);
    command.addAll(List.of(options));
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      try (ObjectInputStream answer = new ObjectInputStream(process.getInputStream())) {
        return (Diagnosed) answer.readObject();
      } finally {
        process.waitFor();
      }
    } catch (IOException | ClassNotFoundException | InterruptedException e) {
      throw new AssertionError("no diagnosis", e);
    }
  }

  /** Runs the program. */
  Run program(UserAccount account, String... arguments) {
    return Run.of(command(account, arguments));
  }

  /** The same as root, with other words before it. */
  Run program(List<String> prefix, String... arguments) {
    List<String> command = new ArrayList<>(namespace.prefix(UserAccount.ROOT));
    command.addAll(prefix);
    command.addAll(ProgramJar.command(arguments));
    return Run.of(command);
  }

  /** The same, to be started. */
  List<String> command(UserAccount account, String... arguments) {
    List<String> command = new ArrayList<>(namespace.prefix(account));
    command.addAll(ProgramJar.command(arguments));
    return command;
  }

  @Override
  public void close() throws IOException {
    while (!backends.isEmpty()) {
      backends.pop().close();
    }
    namespace.close();
  }
}
