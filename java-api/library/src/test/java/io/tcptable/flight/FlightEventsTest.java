// SPDX-License-Identifier: Apache-2.0
package io.tcptable.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.TcpQuery;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.Loopback;

class FlightEventsTest {

  private static final Duration SHORT = PortDiagnosis.SHORTEST_DISTANCE;

  @TempDir private Path folder;

  @AfterEach
  void unregister() {
    ListenerEvents.unregister();
  }

  private static PortDiagnosis diagnosis(int port) throws InterruptedException {
    return PortDiagnosis.request(port).withoutHealthCheck().secondLookAfter(SHORT).run();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private List<RecordedEvent> recorded(Work work, String... disabled)
      throws IOException, InterruptedException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.tcptable.Listener").with("period", "beginChunk");
      recording.enable("io.tcptable.Diagnosis");
      for (String name : disabled) {
        recording.disable(name);
      }
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static List<RecordedEvent> listeners(List<RecordedEvent> events, int port) {
    return events.stream()
        .filter(it -> it.getEventType().getName().equals("io.tcptable.Listener"))
        .filter(it -> it.getInt("localPort") == port)
        .toList();
  }

  @Test
  void aListenerOfThisProcessIsRecordedWithItsConnections()
      throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 7, Loopback.V4);
        Socket client = new Socket(Loopback.V4, server.getLocalPort());
        Socket accepted = server.accept();
        Socket waiting = new Socket(Loopback.V4, server.getLocalPort())) {
      int port = server.getLocalPort();
      ListenerEvents.register();

      List<RecordedEvent> events = listeners(recorded(() -> {}), port);

      assertThat(events).hasSize(1);
      RecordedEvent event = events.get(0);
      assertThat(event.getString("localAddress")).isEqualTo("127.0.0.1");
      assertThat(event.getString("owners")).endsWith("(" + ProcessHandle.current().pid() + ")");
      assertThat(event.getLong("acceptQueueLength")).isEqualTo(1);
      assertThat(event.getLong("acceptQueueLimit")).isEqualTo(7);
      assertThat(event.getInt("established")).isEqualTo(2);
      assertThat(event.getInt("closeWait")).isZero();
      assertThat(client.isConnected() && accepted.isConnected() && waiting.isConnected()).isTrue();
    }
  }

  /** As a person opens a recording. */
  @Tag("needs-jdk")
  @Test
  void jfrPrintsIt() throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 7, Loopback.V4)) {
      ListenerEvents.register(server.getLocalPort());
      recorded(() -> diagnosis(server.getLocalPort()));

      assertThat(printed("io.tcptable.Listener"))
          .contains("io.tcptable.Listener {", "localPort = " + server.getLocalPort() + "\n")
          .contains("acceptQueueLimit = 7\n");
      assertThat(printed("io.tcptable.Diagnosis")).contains("io.tcptable.Diagnosis {");
    }
  }

  private String printed(String event) throws IOException, InterruptedException {
    Process jfr =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jfr").toString(),
                "print",
                "--events",
                event,
                folder.resolve("recording.jfr").toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(jfr.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jfr.waitFor()).as(text).isZero();
    return text;
  }

  @Test
  void onlyThePortsThatAreNamedAreRecorded() throws IOException, InterruptedException {
    try (ServerSocket named = new ServerSocket(0, 1, Loopback.V4);
        ServerSocket other = new ServerSocket(0, 1, Loopback.V4)) {
      ListenerEvents.register(named.getLocalPort());

      List<RecordedEvent> events = recorded(() -> {});

      assertThat(listeners(events, named.getLocalPort())).hasSize(1);
      assertThat(listeners(events, other.getLocalPort())).isEmpty();
    }
  }

  @Test
  void eachDiagnosisIsRecorded() throws IOException, InterruptedException {
    List<PortDiagnosis> made = new ArrayList<>();

    List<RecordedEvent> events = recorded(() -> made.add(diagnosis(1)));

    assertThat(events)
        .filteredOn(it -> it.getEventType().getName().equals("io.tcptable.Diagnosis"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getInt("port")).isEqualTo(1);
              assertThat(event.getString("verdict")).isEqualTo(made.get(0).verdict().name());
              assertThat(event.getString("headline")).isEqualTo(made.get(0).headline());
              assertThat(event.getString("findings")).contains("NOBODY_LISTENING");
              assertThat(event.getDuration()).isGreaterThanOrEqualTo(SHORT);
            });
  }

  private static void watchAConnection() throws IOException, InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    RunningWatch running;
    try (ServerSocket server = new ServerSocket(0, 7, Loopback.V4)) {
      running =
          TcpWatch.of(TcpQuery.all().localPort(server.getLocalPort()))
              .every(TcpWatch.SHORTEST_INTERVAL)
              .withoutPushes()
              .start(
                  event -> {
                    if (event instanceof TcpEvent.ListenerClosed) {
                      closed.countDown();
                    }
                  });
    }
    try (running) {
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void eachEventOfAWatchIsRecorded() throws IOException, InterruptedException {
    Instant begin = Instant.now().minusMillis(1);

    List<RecordedEvent> events = recorded(FlightEventsTest::watchAConnection);

    assertThat(events)
        .filteredOn(it -> it.getEventType().getName().equals("io.tcptable.TcpEvent"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getString("kind")).isEqualTo("listener_closed");
              assertThat(event.getInstant("happenedAt"))
                  .isAfterOrEqualTo(begin.truncatedTo(ChronoUnit.MILLIS));
              assertThat(event.getString("knownBy")).isEqualTo("between_looks");
              assertThat(event.getString("localAddress")).isEqualTo("127.0.0.1");
              assertThat(event.getInt("localPort")).isPositive();
              assertThat(event.getInt("remotePort")).isZero();
              assertThat(event.getString("state")).isEqualTo("LISTEN");
              assertThat(event.getString("owners"))
                  .endsWith("(" + ProcessHandle.current().pid() + ")");
              assertThat(event.getString("details"))
                  .startsWith("{\"schema\":\"tcptable.event/1\",\"event\":\"listener_closed\"");
            });
  }

  @Test
  void aRecordingMayLeaveTheEventsOfAWatchOut() throws IOException, InterruptedException {
    assertThat(recorded(FlightEventsTest::watchAConnection, "io.tcptable.TcpEvent"))
        .noneMatch(it -> it.getEventType().getName().equals("io.tcptable.TcpEvent"));
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> ListenerEvents.register(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** In a JVM of its own, which prints whether the recorder was started. */
  @Test
  void withoutARecordingTheRecorderIsNotStarted() throws IOException, InterruptedException {
    assertThat(inAJvm()).isEqualTo("false\n");
  }

  @Test
  void withoutTheModuleADiagnosisIsMadeAllTheSame() throws IOException, InterruptedException {
    assertThat(inAJvm("--limit-modules", "java.base")).isEqualTo("no recorder\n");
  }

  private static String inAJvm(String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dtcptable.binding=java",
            "-cp",
            // In a build, the classes are not on the class path but in a module.
            String.join(
                File.pathSeparator,
                System.getProperty("java.class.path"),
                "target/classes",
                "target/test-classes"),
            FlightEventsTest.class.getName()));
    Process run =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor()).isZero();
    return said;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    boolean isThere = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    if (isThere) {
      ListenerEvents.register();
    }
    diagnosis(1);
    watchAConnection();
    System.out.println(isThere ? FlightRecorder.isInitialized() : "no recorder");
  }
}
