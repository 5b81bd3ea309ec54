// SPDX-License-Identifier: Apache-2.0

import com.sun.management.OperatingSystemMXBean;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a watch of one port costs: WatchCost SECONDS, best in a network namespace of its own. Nothing
 * happens for so long, then another process makes connections and resets them as fast as it can;
 * beside nothing, beside a watch, and beside {@code ss} once in a second.
 */
final class WatchCost {

  private static final int PORT = 3001;
  /** What is told late is waited for so many seconds. */
  private static final int AFTERWARDS = 2;

  private static final int QUIET_CONNECTIONS = 100;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long seconds;

  private WatchCost(long seconds) {
    this.seconds = seconds;
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("load")) {
      load(Long.parseLong(args[1]));
    } else {
      new WatchCost(Long.parseLong(args[0])).run();
    }
  }

  private void run() throws Exception {
    System.out.println("binding " + TcpTable.binding().name() + ", " + seconds + " s each");
    TcpQuery query = TcpQuery.all().localPort(PORT);
    List<TcpWatch> watches = List.of(TcpWatch.of(query), TcpWatch.of(query).withoutPushes());
    List<String> names = List.of("watch", "watch without pushes");
    line("nothing, load", 0, loaded(), "");
    // The first round is for the compiler.
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < watches.size(); i++) {
        try (Quiet quiet = new Quiet()) {
          watched(names.get(i) + ", idle", watches.get(i), round > 0, this::pause);
        }
        watched(names.get(i) + ", load", watches.get(i), round > 0, this::loaded);
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
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "benchmarks/watch/WatchCost.java",
                "load",
                Long.toString(seconds))
            .redirectError(Redirect.INHERIT)
            .start();
    String[] told = load.inputReader().readLine().split(" ");
    load.waitFor();
    return new Load(Long.parseLong(told[0]), Long.parseLong(told[1]));
  }

  private void watched(String name, TcpWatch watch, boolean isTold, Work work) throws Exception {
    AtomicLong closed = new AtomicLong();
    AtomicLong lost = new AtomicLong();
    AtomicLong missed = new AtomicLong();
    try (RunningWatch running =
        watch.start(
            event -> {
              if (event instanceof TcpEvent.Closed) {
                closed.incrementAndGet();
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
            ", closings told " + closed + ", lost " + lost + ", missed " + missed + " of all events");
      }
      if (running.whyNotPushed().isPresent() != name.contains("without")) {
        throw new AssertionError(running.whyNotPushed());
      }
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

  private static void load(long seconds) throws IOException {
    long made = 0;
    long cpu = SYSTEM.getProcessCpuTime();
    try (ServerSocket server = new ServerSocket(PORT, 100, InetAddress.getLoopbackAddress())) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end) {
        try (Socket client = new Socket(server.getInetAddress(), PORT);
            Socket accepted = server.accept()) {
          // A reset leaves nothing in TIME_WAIT, which would use up the ports.
          client.setSoLinger(true, 0);
          client.close();
          made++;
        }
      }
    }
    System.out.println(made + " " + (SYSTEM.getProcessCpuTime() - cpu));
  }
}
