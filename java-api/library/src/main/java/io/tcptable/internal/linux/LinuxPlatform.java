// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.linux.kernel.OwnRights;
import io.tcptable.internal.linux.process.ContainerNames;
import io.tcptable.internal.linux.process.DockerContainers;
import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.platform.LaunchLine;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.internal.platform.NamedFile;
import io.tcptable.internal.platform.Phrases;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.PublishingContainer;
import io.tcptable.internal.platform.Restriction;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.platform.ShellDialect;
import io.tcptable.internal.platform.SocketHold;
import io.tcptable.internal.platform.SocketUnit;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.platform.SystemCommands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Linux. */
public final class LinuxPlatform implements Platform {

  private static final String STATE = ".local/state";
  private static final String DETACHER = "setsid";

  /** {@code PROC_PID_INIT_INO} of {@code linux/proc_ns.h}: the number of the host's own. */
  private static final long FIRST_PID_NAMESPACE = 0xefff_fffcL;

  @Override
  public String name() {
    return "Linux";
  }

  @Override
  public SystemAccess open(@Nullable String binding, @Nullable String owners) {
    try {
      return LinuxAccess.open(binding, owners);
    } catch (BindingException e) {
      throw new SourceException(Kind.FORCED_BINDING, e);
    }
  }

  @Override
  public Phrases phrases() {
    return isContained() ? LinuxPhrases.IN_CONTAINER : LinuxPhrases.ON_HOST;
  }

  @Override
  public ShellDialect shell() {
    return new PosixShell();
  }

  @Override
  public void requireOwnFile(Path file) throws IOException {
    OwnFile.require(file);
  }

  @Override
  public void requireFileOf(long user, Path file) throws IOException {
    OwnFile.require(file, Math.toIntExact(user));
  }

  @Override
  public LaunchLine launchLine(LaunchRequest request) throws IOException {
    return LaunchChain.of(request);
  }

  @Override
  public List<String> idleProgram() {
    return TrustedTool.find("true").map(tool -> List.of(tool.toString())).orElse(List.of());
  }

  @Override
  public SystemCommands commands() {
    return new LinuxCommands(shell());
  }

  @Override
  public Optional<String> systemProcess(long pid) {
    return pid == INIT ? Optional.of("is the first process of the system") : Optional.empty();
  }

  @Override
  public Optional<Restriction> restriction(Right right) {
    return OwnRights.current().restriction(right);
  }

  @Override
  public List<Integer> listenersElsewhere(int port) {
    try {
      return new NetworkNamespaces(Path.of("/proc")).listeners(port);
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public Optional<List<Integer>> udpOwners(int port) {
    try {
      return UdpOwners.of(Path.of("/proc"), port);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<SocketHold> holdsWithoutDescriptor(int port) {
    try {
      return SocketHolds.of(Path.of("/proc"), port);
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public boolean isContained() {
    long own = ProcLink.number(Path.of("/proc/self/ns/pid"));
    return own > 0 && own != FIRST_PID_NAMESPACE;
  }

  @Override
  public List<Integer> namespacesAt(InetAddress address) {
    return new NetworkNamespaces(Path.of("/proc")).having(address);
  }

  @Override
  public List<Integer> processesBeside(long pid) {
    return new NetworkNamespaces(Path.of("/proc")).processesBeside(Math.toIntExact(pid));
  }

  @Override
  public List<Integer> processesIn(Path namespace) {
    return new NetworkNamespaces(Path.of("/proc")).processesIn(namespace);
  }

  /** Only root may read them. */
  @Override
  public Optional<InetSocketAddress> redirected(int port) {
    return NatTools.target(port);
  }

  @Override
  public Optional<String> containerName(String container) {
    return ContainerNames.here().of(container);
  }

  @Override
  public Optional<String> composeService(String container) {
    return ContainerNames.here().composeService(container);
  }

  @Override
  public List<PublishingContainer> containersPublishing(int port) {
    return DockerContainers.here().publishing(port);
  }

  @Override
  public Optional<SocketUnit> socketUnit(int port) {
    return SystemdSockets.unit(port);
  }

  /** See the XDG Base Directory Specification. */
  @Override
  public Path stateDirectory() {
    return NamedFile.of(System.getenv("XDG_STATE_HOME"))
        .filter(Path::isAbsolute)
        .or(() -> NamedFile.of(System.getProperty("user.home")).map(home -> home.resolve(STATE)))
        .map(state -> state.resolve("tcptable"))
        .orElseGet(LockDirectory::temporary);
  }

  @Override
  public Path lockDirectory() throws IOException {
    return LockDirectory.own(stateDirectory());
  }

  @Override
  public Optional<Path> superuserLocks() {
    return Optional.of(LockDirectory.ofRoot());
  }

  /** See {@code hidepid} in {@code proc(5)}; where not even PID 1 is listed, any may be hidden. */
  @Override
  public boolean mayHide(long pid) {
    Path processes = Path.of("/proc");
    return Files.notExists(processes.resolve(Long.toString(INIT)))
        || ProcDirectory.isHidden(processes.resolve(Long.toString(pid)));
  }

  /** {@code setsid(1)}. */
  @Override
  public Optional<Path> detacher() {
    String path = System.getenv("PATH");
    return Stream.concat(
            Arrays.stream((path == null ? "" : path).split(":")), Stream.of("/usr/bin"))
        .filter(directory -> directory.startsWith("/"))
        .flatMap(directory -> NamedFile.of(directory + "/" + DETACHER).stream())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  @Override
  public Optional<Path> findProgram(String name, Path directory, Map<String, String> environment) {
    return search(directory, environment).find(name);
  }

  @Override
  public Path image(Path program, Path directory, Map<String, String> environment) {
    return ExecutableFormat.image(program, search(directory, environment));
  }

  @Override
  public List<String> startable(List<String> words, Path directory, Map<String, String> environment)
      throws IOException {
    LinuxProgramSearch search = search(directory, environment);
    new ExecutableFormat(search.require(words.get(0)), search).require();
    return words;
  }

  private static LinuxProgramSearch search(Path directory, Map<String, String> environment) {
    return new LinuxProgramSearch(
        directory, environment.getOrDefault("PATH", LinuxProgramSearch.USUAL_PATH));
  }

  /** By the device behind the descriptor, see {@code pts(4)} and {@code console(4)}. */
  @Override
  public Optional<Boolean> isTerminal(int descriptor) {
    try {
      String target = ProcLink.target(Path.of("/proc/self/fd/" + descriptor)).toString();
      return Optional.of(
          target.startsWith("/dev/pts/")
              || target.startsWith("/dev/tty")
              || target.equals("/dev/console"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean showsColours(UnaryOperator<@Nullable String> environment) {
    return !"dumb".equals(environment.apply("TERM"));
  }
}
