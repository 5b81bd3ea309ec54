// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One operating system: all that it does otherwise than the others. Nothing here but {@link #open}
 * needs a native call. Implementations are immutable.
 */
public interface Platform {

  /** The PID of the first process, which adopts orphans; no process on Windows has it. */
  long INIT = 1;

  /** How {@code os.name} begins there. */
  String name();

  /**
   * Chooses a binding and the best sources it allows.
   *
   * @param binding one binding or several, as for {@code tcptable.binding}; null for the best
   * @param owners where to find owners, as for {@code tcptable.owners}; null for the best
   * @throws SourceException if what is demanded is unknown or cannot be used, or nothing can be
   *     read
   */
  SystemAccess open(@Nullable String binding, @Nullable String owners);

  /** What is worded otherwise there. */
  Phrases phrases();

  /** How command lines are written there. */
  ShellDialect shell();

  /** The commands that are named to a person there. */
  SystemCommands commands();

  /**
   * Makes sure that a file is a regular one of this user, or is missing, and that no other user can
   * put something else in its place.
   *
   * @throws IOException if that is not so; the message says why
   */
  void requireOwnFile(Path file) throws IOException;

  /**
   * The same for a file of another user: that user could open it as this one does.
   *
   * @throws IOException likewise
   */
  default void requireFileOf(long user, Path file) throws IOException {
    throw new IOException("files of other users are not written to");
  }

  /** By which of the names a variable of the environment is among them; empty if it is not. */
  default Optional<String> variable(String name, Set<String> names) {
    return names.contains(name) ? Optional.of(name) : Optional.empty();
  }

  /**
   * The value of a variable of the environment, by whichever of its names; empty if it has none.
   */
  default Optional<String> variableOf(Map<String, String> environment, String name) {
    return variable(name, environment.keySet()).map(environment::get);
  }

  /** The encoding in which programs are given their arguments and variables. */
  default Charset argumentEncoding() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  /**
   * How to start a program as another process was started.
   *
   * @throws IOException if it cannot be done; the message says why and what to do
   */
  default LaunchLine launchLine(LaunchRequest request) throws IOException {
    return new LaunchLine(request.words(), request.environment(), Optional.of(request.directory()));
  }

  /** A program that does nothing and succeeds, to try a {@link #launchLine} with; none: not to. */
  default List<String> idleProgram() {
    return List.of();
  }

  /**
   * Why a process must not be stopped, as in "PID 1 is ..."; empty if this system does not forbid
   * it.
   */
  Optional<String> systemProcess(long pid);

  /**
   * Why this process is refused what a right allows, though it runs as the superuser or has the
   * right; empty if it does not, so that it may help to run it as the superuser.
   */
  default Optional<Restriction> restriction(Right right) {
    return Optional.empty();
  }

  /** What to do where this process lacks a right: a sentence, or two. */
  default String advice(Right right) {
    return restriction(right)
        .map(Restriction::sentences)
        .orElseGet(() -> phrases().of(Phrase.RUN_AS_SUPERUSER));
  }

  /**
   * The PIDs of processes that listen on a port out of reach of this process, in another network
   * namespace, as far as this user may see them. Looks at every process.
   */
  List<Integer> listenersElsewhere(int port);

  /**
   * The PIDs of processes that have the UDP port of that number, as far as this user may see them;
   * empty if nobody has it, or that is not known. Looks at every process if somebody has.
   */
  default Optional<List<Integer>> udpOwners(int port) {
    return Optional.empty();
  }

  /**
   * Who may hold listeners of a port without a descriptor of them, what is certain first, as far as
   * this user may see it. Looks at every process and its files.
   */
  default List<SocketHold> holdsWithoutDescriptor(int port) {
    return List.of();
  }

  /**
   * Whether this process is in a container or sandbox, from where neither the processes of its host
   * nor those of other containers are seen.
   */
  default boolean isContained() {
    return false;
  }

  /** What is not seen from the container or sandbox of this process; empty if it is in none. */
  default Optional<String> notSeenFromHere() {
    return isContained()
        ? Optional.of(
            "This process runs in a container or sandbox. Unless that shares the network of its"
                + " host, ports of the host and of other containers are not seen from here.")
        : Optional.empty();
  }

  /**
   * The least PID in each other network namespace that has an address, as far as this user may see
   * them: several may have the same one. Looks at every process.
   */
  default List<Integer> namespacesAt(InetAddress address) {
    return List.of();
  }

  /** The PIDs of the processes in the network namespace of a process, in ascending order. */
  default List<Integer> processesBeside(long pid) {
    return List.of();
  }

  /**
   * The same in the one that a file keeps, as the processes of this user see that file.
   *
   * @param namespace its path, or a name alone for where the system keeps them
   */
  default List<Integer> processesIn(Path namespace) {
    return List.of();
  }

  /**
   * Where rules of the system send connections to a local port; empty if none does, or this user
   * may not read them. Starts a program of the system.
   */
  default Optional<InetSocketAddress> redirected(int port) {
    return Optional.empty();
  }

  /**
   * What people call a container, from the files that its runtime keeps; empty if this user may not
   * read them.
   *
   * @param container runtime and ID, such as {@code docker 5f3c0a...}
   */
  default Optional<String> containerName(String container) {
    return Optional.empty();
  }

  /**
   * The service of Docker Compose that a container is one of, as {@code project/service}; empty if
   * it is none, or this user may not read the files of its runtime.
   *
   * @param container as above
   */
  default Optional<String> composeService(String container) {
    return Optional.empty();
  }

  /**
   * The containers that are set up to publish a port of this machine, whether they run or not, as
   * far as this user may read the files of their runtime.
   */
  default List<PublishingContainer> containersPublishing(int port) {
    return List.of();
  }

  /**
   * The unit by which the service manager of the system listens on a TCP port for a service; empty
   * if it does not, or that is not known. Runs a program of the system.
   */
  default Optional<SocketUnit> socketUnit(int port) {
    return Optional.empty();
  }

  /** This user's directory for the state of this program, such as logs; it may be missing. */
  Path stateDirectory();

  /**
   * The directory for this user's locks, the same for all programs of the user; made if it is
   * missing. No other user can write to it.
   *
   * @throws IOException if there can be none; the message says why and what to do
   */
  Path lockDirectory() throws IOException;

  /** Where the superuser's locks are for all to see; it may be missing. Empty if there is none. */
  Optional<Path> superuserLocks();

  /** Whether a process with this PID, of which nothing is seen, may be there all the same. */
  default boolean mayHide(long pid) {
    return false;
  }

  /**
   * The program that runs a command in a session of its own, under the same PID, so that neither
   * Ctrl-C nor the end of the terminal reaches it; empty if there is none.
   */
  Optional<Path> detacher();

  /**
   * The file of a program as the system or its shell finds it; empty if there is none that this
   * user may execute.
   *
   * @param name a path, or a name to be looked for
   * @param directory where a relative path begins
   * @param environment the variables that tell where to look
   */
  Optional<Path> findProgram(String name, Path directory, Map<String, String> environment);

  /**
   * The file whose code runs if a program is executed: of a script, that of its interpreter.
   *
   * @param program its file
   * @param directory as for {@link #findProgram}
   * @param environment likewise
   */
  default Path image(Path program, Path directory, Map<String, String> environment) {
    return program;
  }

  /**
   * The words that start a program through {@link ProcessBuilder}, so that it gets its arguments
   * unchanged.
   *
   * @param words the program and its arguments
   * @param directory where it is to be started
   * @param environment all its variables
   * @throws IOException if it cannot be started, as far as that is known before; the message says
   *     why
   */
  List<String> startable(List<String> words, Path directory, Map<String, String> environment)
      throws IOException;

  /** Whether a descriptor of this process is a terminal; empty if only the JVM can tell. */
  Optional<Boolean> isTerminal(int descriptor);

  /**
   * Whether a terminal there is known to show colours.
   *
   * @param environment gives a variable, or null if it is not set
   */
  boolean showsColours(UnaryOperator<@Nullable String> environment);
}
