package servers;

import io.tcptable.Owner;
import io.tcptable.ProcessStatus;
import io.tcptable.restart.RestartReport;
import io.tcptable.restart.Step;
import io.tcptable.restart.StepResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The processes that a test starts; ended, with all that they have started, when it is over. */
public final class Children implements AfterEachCallback {

  private static final int POLL_MILLIS = 20;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Set<ProcessHandle> processes = new LinkedHashSet<>();

  /** A port that nobody uses. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Not the shim that some machines have ahead of it: other users must be able to run it too. */
  public static String python() {
    return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
  }

  public static String script(String name) {
    try {
      return Path.of(Children.class.getResource(name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The command of a test server. */
  public static String[] server(int port, String... options) {
    return Stream.concat(
            Stream.of(python(), script("server.py"), Integer.toString(port)), Stream.of(options))
        .toArray(String[]::new);
  }

  /** Starts a test server and waits until it listens. */
  public Process startServer(int port, String... options) {
    return start(server(port, options));
  }

  /** Starts a command and does not wait. */
  public Process launch(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    processes.add(process.toHandle());
    return process;
  }

  /** Starts a command and waits until it prints "ready". */
  public Process start(String... command) {
    try {
      Process process = launch(command);
      BufferedReader output = process.inputReader();
      List<String> printed = new ArrayList<>();
      for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
        if (line == null) {
          throw new AssertionError(List.of(command) + " ended: " + printed);
        }
        printed.add(line);
      }
      process.descendants().forEach(processes::add);
      return process;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Ends, too, what a restart has started. */
  public RestartReport adopt(RestartReport report) {
    report.started().ifPresent(started -> adopt(started.pid()));
    return report;
  }

  /** Ends this process, too. */
  public void adopt(long pid) {
    ProcessHandle.of(pid).ifPresent(processes::add);
  }

  public static StepResult result(RestartReport report, Step step) {
    return report.steps().stream().filter(r -> r.step() == step).findFirst().orElseThrow();
  }

  /** Waits until something is so. */
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + LONGEST + ": " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Set<ProcessHandle> all = new LinkedHashSet<>(processes);
    processes.forEach(process -> process.descendants().forEach(all::add));
    for (ProcessHandle process : all) {
      process.destroyForcibly();
    }
    for (ProcessHandle process : all) {
      await(process.pid() + " has ended", () -> hasEnded(process));
    }
  }

  /** Waiting for those whose parent is gone is up to init, and may take it a while. */
  public static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive()
        || Owner.of(process.pid())
            .flatMap(Owner::status)
            .filter(status -> status.state() != ProcessStatus.State.ZOMBIE)
            .isEmpty();
  }
}
