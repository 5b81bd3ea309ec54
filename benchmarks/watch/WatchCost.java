// SPDX-License-Identifier: Apache-2.0

import com.sun.management.OperatingSystemMXBean;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.watch.Pushes;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What a watch of one port costs: WatchCost SECONDS CONNECTIONS [PUSHES], as root and best in a
 * network namespace of its own. Nothing happens for so long, then CONNECTIONS, which is
 * connections.c compiled, makes connections and resets them as fast as it can; beside nothing,
 * beside a watch with all that the system pushes and with less, and beside {@code ss} once in a
 * second. With PUSHES, beside that watch alone.
 *
 * <p>With 1 in {@code /proc/sys/kernel/bpf_stats_enabled}, it also tells how long the program of the
 * watch ran in the kernel.
 */
final class WatchCost {

  private static final int PORT = 3001;
  /** What is told late is waited for so many seconds. */
  private static final int AFTERWARDS = 2;

  private static final int BUFFER = 1_000_000;

  private static final int QUIET_CONNECTIONS = 100;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long seconds;
  private final String connections;

  private WatchCost(long seconds, String connections) {
    this.seconds = seconds;
    this.connections = connections;
  }

  public static void main(String[] args) throws Exception {
    WatchCost cost = new WatchCost(Long.parseLong(args[0]), args[1]);
    if (args.length > 2) {
      Pushes most = Pushes.valueOf(args[2]);
      cost.watched("watch " + most + ", load", most, true, cost::loaded);
    } else {
      cost.run();
    }
  }

  private void run() throws Exception {
    System.out.println("binding " + TcpTable.binding().name() + ", " + seconds + " s each");
    loaded();
    line("nothing, load", 0, loaded(), "");
    // The first round is for the compiler.
    for (int round = 0; round < 2; round++) {
      for (Pushes most : List.of(Pushes.STATES, Pushes.ENDS, Pushes.NONE)) {
        try (Quiet quiet = new Quiet()) {
          watched("watch " + most + ", idle", most, round > 0, this::pause);
        }
        watched("watch " + most + ", load", most, round > 0, this::loaded);
      }
    }
    try (Quiet quiet = new Quiet()) {
      polled("ss each second, idle", this::pause);
    }
    polled("ss each second, load", this::loaded);
  }

  /** Something that takes the time. */
  private interface Work {
    Load run() throws Exception;
  }

  /**
   * What the process that makes connections has done.
   *
   * @param cpuNanos its own CPU time for all of them
   */
  private record Load(long made, long cpuNanos) {}

  private Load pause() throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds);
    return new Load(0, 0);
  }

  private Load loaded() throws IOException, InterruptedException {
    Process load =
        new ProcessBuilder(connections, Integer.toString(PORT), Long.toString(seconds))
            .redirectError(Redirect.INHERIT)
            .start();
    String[] told = load.inputReader().readLine().split(" ");
    load.waitFor();
    return new Load(Long.parseLong(told[0]), Long.parseLong(told[1]));
  }

  private void watched(String name, Pushes most, boolean isTold, Work work) throws Exception {
    TcpWatch watch = TcpWatch.of(TcpQuery.all().localPort(PORT)).buffer(BUFFER).atMost(most);
    AtomicLong opened = new AtomicLong();
    AtomicLong disordered = new AtomicLong();
    Set<SocketKey> open = new HashSet<>();
    AtomicLong closed = new AtomicLong();
    AtomicLong lost = new AtomicLong();
    AtomicLong missed = new AtomicLong();
    try (RunningWatch running =
        watch.start(
            event -> {
              if (event instanceof TcpEvent.Opened some) {
                opened.incrementAndGet();
                open.add(some.socket().key());
              } else if (event instanceof TcpEvent.Closed some) {
                closed.incrementAndGet();
                if (!open.remove(some.socket().key())) {
                  disordered.incrementAndGet();
                }
              } else if (event instanceof TcpEvent.Lost some) {
                lost.addAndGet(some.records().orElse(0));
              } else if (event instanceof TcpEvent.Missed some) {
                missed.addAndGet(some.events());
              }
            })) {
      long before = SYSTEM.getProcessCpuTime();
      Load load = work.run();
      TimeUnit.SECONDS.sleep(AFTERWARDS);
      long cpu = SYSTEM.getProcessCpuTime() - before;
      if (isTold) {
        line(
            name,
            cpu / 1e9,
            load,
            ", openings told "
                + opened
                + ", closings told "
                + closed
                + " of which without an opening before "
                + disordered
                + ", lost "
                + lost
                + ", missed "
                + missed
                + " of all events"
                + inKernel());
      }
      if (running.pushes() != most) {
        throw new AssertionError(running.whyNotEachState());
      }
    }
  }

  /** How long the programs of this process ran, as the kernel tells it of their descriptors. */
  private static String inKernel() throws IOException {
    long nanos = 0;
    long runs = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fdinfo"))) {
      for (Path descriptor : descriptors.toList()) {
        for (String line : lines(descriptor)) {
          if (line.startsWith("run_time_ns:")) {
            nanos += Long.parseLong(line.split("\\s+")[1]);
          } else if (line.startsWith("run_cnt:")) {
            runs += Long.parseLong(line.split("\\s+")[1]);
          }
        }
      }
    }
    return runs == 0
        ? ""
        : String.format(", program of %.0f ns, run %d times", (double) nanos / runs, runs);
  }

  private static List<String> lines(Path descriptor) {
    try {
      return Files.readAllLines(descriptor);
    } catch (IOException e) {
      // That of the list of descriptors itself is gone.
      return List.of();
    }
  }

  /** A shell adds up what its children have used. */
  private void polled(String name, Work work) throws Exception {
    Path end = Files.createTempFile("watch-cost", "");
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                "while [ -e \"$0\" ]; do ss -tanpH 'sport = :3001' >/dev/null; sleep 1; done; times",
                end.toString())
            .start();
    Load load = work.run();
    TimeUnit.SECONDS.sleep(AFTERWARDS);
    Files.delete(end);
    List<String> lines = shell.inputReader().lines().toList();
    line(name, cpu(lines.get(lines.size() - 1)), load, "");
  }

  /** Of {@code 0m0.120s 0m0.340s}. */
  private static double cpu(String times) {
    double sum = 0;
    for (String time : times.strip().split(" ")) {
      String[] parts = time.replace("s", "").split("m");
      sum += 60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
    }
    return sum;
  }

  private void line(String name, double cpu, Load load, String more) {
    System.out.printf(
        "%-28s CPU %6.3f s of %d s%s%s%n",
        name,
        cpu,
        seconds + AFTERWARDS,
        load.made() == 0
            ? ""
            : String.format(
                ", %d connections of %.1f us CPU each, %d a second",
                load.made(),
                load.cpuNanos() / 1e3 / load.made(),
                load.made() / seconds),
        more);
  }

  /** A listener and connections on which nothing happens. */
  private static final class Quiet implements AutoCloseable {

    private final List<AutoCloseable> sockets = new ArrayList<>();

    Quiet() throws IOException {
      ServerSocket server =
          new ServerSocket(PORT, QUIET_CONNECTIONS, InetAddress.getLoopbackAddress());
      sockets.add(server);
      for (int i = 0; i < QUIET_CONNECTIONS; i++) {
        sockets.add(new Socket(server.getInetAddress(), PORT));
        sockets.add(server.accept());
      }
    }

    @Override
    public void close() throws Exception {
      for (AutoCloseable socket : sockets) {
        if (socket instanceof Socket connection) {
          connection.setSoLinger(true, 0);
        }
        socket.close();
      }
    }
  }
}
