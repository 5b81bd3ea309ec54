// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.process.ContainerGroup;
import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.process.NetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The network namespaces of this machine, such as those of containers: {@code
 * network_namespaces(7)}. They are those of its processes, and those that {@code ip-netns(8)} keeps
 * without a process. Only root sees in which namespaces the processes of others are.
 */
final class NetworkNamespaces {

  /** A host may have thousands of containers. */
  private static final int MOST = 256;

  private static final String LISTEN = "0A";

  private final Path proc;
  private final Path names;

  NetworkNamespaces(Path proc) {
    this(proc, Path.of("/run/netns"));
  }

  /**
   * @param names where {@code ip-netns(8)} keeps them
   */
  NetworkNamespaces(Path proc, Path names) {
    this.proc = proc;
    this.names = names;
  }

  /**
   * One of them, and where it can be entered.
   *
   * @param processes in it, in ascending order of their PIDs
   * @param file that keeps it; empty if there is none
   */
  record Place(NetworkNamespace namespace, List<Path> processes, Optional<Path> file) {

    /** Whether it was not given up since: its file is still there, or a process is still in it. */
    boolean isThere() {
      return file.filter(Files::exists).isPresent()
          || processes.stream().anyMatch(process -> isIn(process, namespace.inode()));
    }
  }

  /**
   * What there is.
   *
   * @param places that of this thread first
   * @param unplaced how many processes this user may not know the namespace of
   */
  record Listing(List<Place> places, int unplaced) {}

  /** All of them. */
  Listing list() throws IOException {
    int[] unplaced = new int[1];
    long own = own();
    Map<Long, List<Path>> processes = processes(unplaced);
    Map<Long, Path> files = files();
    Map<Long, List<Path>> all = new TreeMap<>(processes);
    files.keySet().forEach(inode -> all.putIfAbsent(inode, List.of()));
    List<Place> places = new ArrayList<>();
    places.add(place(own, true, all.getOrDefault(own, List.of()), files));
    all.forEach(
        (inode, members) -> {
          if (inode != own) {
            places.add(place(inode, false, members, files));
          }
        });
    return new Listing(places, unplaced[0]);
  }

  /**
   * That of one process.
   *
   * @throws IOException if this user may not know it, or the process is gone
   */
  Place of(int pid) throws IOException {
    Path process = proc.resolve(Integer.toString(pid));
    // Its error says more than that the number is not known.
    ProcLink.target(link(process));
    long inode = ProcLink.number(link(process));
    return place(inode, inode == own(), List.of(process), files());
  }

  /** The least PID in each of the other namespaces that have an address. */
  List<Integer> having(InetAddress address) {
    try {
      return list().places().stream()
          .filter(place -> !place.namespace().isOwn())
          .flatMap(place -> place.processes().stream().limit(1))
          .filter(process -> NamespaceAddresses.include(address, process))
          .map(ProcDirectory::pid)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The PIDs of the processes in the namespace of a process. */
  List<Integer> processesBeside(int pid) {
    try {
      return members(of(pid).namespace().inode());
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * The PIDs of the processes in the namespace that a file keeps, as this user's processes see that
   * file: a rootless runtime mounts it where only its own processes find it.
   */
  List<Integer> processesIn(Path file) {
    try {
      OptionalLong inode = new NamespaceFile(proc, names.resolve(file)).number();
      return inode.isPresent() ? members(inode.getAsLong()) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<Integer> members(long inode) throws IOException {
    return list().places().stream()
        .filter(place -> place.namespace().inode() == inode)
        .findFirst()
        .map(NetworkNamespaces::pids)
        .orElse(List.of());
  }

  private static List<Integer> pids(Place place) {
    return place.processes().stream().map(ProcDirectory::pid).toList();
  }

  private long own() {
    long ofThread = ProcLink.number(link(proc.resolve("thread-self")));
    return ofThread > 0 ? ofThread : ProcLink.number(link(proc.resolve("self")));
  }

  private static Path link(Path process) {
    return process.resolve("ns/net");
  }

  /** Whether a process is in a namespace now. */
  static boolean isIn(Path process, long inode) {
    return ProcLink.number(link(process)) == inode;
  }

  private static Place place(
      long inode, boolean isOwn, List<Path> processes, Map<Long, Path> files) {
    Optional<Path> file = Optional.ofNullable(files.get(inode));
    List<Path> sorted =
        processes.stream()
            .sorted((a, b) -> Integer.compare(ProcDirectory.pid(a), ProcDirectory.pid(b)))
            .toList();
    Optional<Path> first = sorted.stream().findFirst();
    return new Place(
        new NetworkNamespace(
            inode,
            isOwn,
            file.map(it -> it.getFileName().toString()),
            first.map(it -> OptionalLong.of(ProcDirectory.pid(it))).orElse(OptionalLong.empty()),
            isOwn ? Optional.empty() : first.flatMap(ContainerGroup::of)),
        sorted,
        file);
  }

  /** By the number of their namespace; zombies have none and no socket either. */
  private Map<Long, List<Path>> processes(int[] unplaced) throws IOException {
    Map<Long, List<Path>> found = new TreeMap<>();
    ProcDirectory.visitProcesses(
        proc,
        process -> {
          long inode = ProcLink.number(link(process));
          if (inode > 0) {
            found.computeIfAbsent(inode, first -> new ArrayList<>()).add(process);
          } else if (Files.exists(process.resolve("exe")) || isRefused(process)) {
            unplaced[0]++;
          }
          return true;
        });
    return found;
  }

  private static boolean isRefused(Path process) {
    return Files.exists(process) && !Files.isReadable(process.resolve("ns"));
  }

  /** Those with a name: each is the place where a namespace is mounted. */
  private Map<Long, Path> files() {
    Map<Long, Path> found = new TreeMap<>();
    try {
      Object device = Files.getAttribute(link(proc.resolve("self")), "unix:dev");
      ProcDirectory.visit(
          names,
          entry -> {
            if (Files.getAttribute(entry, "unix:dev").equals(device)) {
              found.put((Long) Files.getAttribute(entry, "unix:ino"), entry);
            }
            return true;
          });
    } catch (IOException | UnsupportedOperationException e) {
      // There are none, or they are gone meanwhile.
    }
    return found;
  }

  /** The PIDs of processes that listen on a port in another namespace, in ascending order. */
  List<Integer> listeners(int port) throws IOException {
    List<Integer> found = new ArrayList<>();
    long own = own();
    List<List<Path>> others =
        processes(new int[1]).entrySet().stream()
            .filter(namespace -> namespace.getKey() != own)
            .map(Map.Entry::getValue)
            .limit(MOST)
            .toList();
    for (List<Path> processes : others) {
      Set<Long> inodes = listening(processes, port);
      for (Path process : inodes.isEmpty() ? List.<Path>of() : processes) {
        if (ProcSocketInodes.hasOneOf(process, inodes)) {
          found.add(ProcDirectory.pid(process));
        }
      }
    }
    return found.stream().sorted().toList();
  }

  /** The same by any of its processes; some may have ended meanwhile. */
  private static Set<Long> listening(List<Path> processes, int port) {
    return processes.stream()
        .filter(process -> Files.isReadable(process.resolve("net/tcp")))
        .findFirst()
        .map(process -> listening(process, port))
        .orElse(Set.of());
  }

  /** The numbers of the listeners on the port in the namespace of a process. */
  private static Set<Long> listening(Path process, int port) {
    return ProcSocketInodes.of(process, List.of("net/tcp", "net/tcp6"), LISTEN, port);
  }
}
