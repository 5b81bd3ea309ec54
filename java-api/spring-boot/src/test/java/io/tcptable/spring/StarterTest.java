// SPDX-License-Identifier: Apache-2.0
package io.tcptable.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** The starter in the sample application: on Spring Boot 3, and once more on 4. */
class StarterTest {

  private static final String ALL = "--management.endpoints.web.exposure.include=*";

  @Test
  void thisIsTheVersionThatIsMeant() throws IOException {
    String version = System.getProperty("spring-boot.version");

    assertThat(SpringBootVersion.getVersion()).isEqualTo(version);
    if (version.startsWith("4")) {
      assertThat(Files.readString(Path.of("src/sample/boot-4.xml")))
          .contains("<version>" + version + "</version>");
    }
  }

  @Test
  void thePortOfTheWebServerHasMetersHealthAndAnEndpoint() throws Exception {
    try (RunningSample sample =
        RunningSample.with(ALL, "--management.endpoint.health.show-details=always")) {
      int port = sample.port();

      HttpResponse<String> sockets = sample.get("/actuator/tcptable");
      assertThat(sockets.statusCode()).isEqualTo(200);
      assertThat(sockets.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/json");
      assertThat(sockets.body())
          .startsWith("{\"schema\":\"tcptable.list/1\"")
          .contains("\"port\":" + port)
          .contains("\"pid\":" + ProcessHandle.current().pid());
      assertThat(sample.get("/actuator/tcptable/" + port).body())
          .startsWith("{\"schema\":\"tcptable.list/1\"")
          .contains("\"LISTEN\"");
      assertThat(sample.get("/actuator/tcptable/65536").statusCode()).isEqualTo(400);
      assertThat(sample.get("/actuator/metrics/tcptable.listeners").body())
          .contains("\"value\":1.0")
          .contains("\"tag\":\"network.local.port\",\"values\":[\"" + port + "\"]");
      assertThat(sample.get("/actuator/health").body())
          .containsPattern("\"tcptable\":\\{.*\"" + port + "\":\\{\"listeners\":1,\"servers\":1,")
          .doesNotContain("DOWN")
          .doesNotContain("faults");
    }
  }

  @Test
  void aWatchedPortWithoutAListenerIsDown() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    try (RunningSample sample =
        RunningSample.with(
            "--tcptable.ports=" + free, "--management.endpoint.health.show-details=always")) {
      HttpResponse<String> health = sample.get("/actuator/health");

      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("\"faults\":[\"no process listens\"]");
    }
    try (RunningSample sample =
        RunningSample.with(
            "--tcptable.ports=" + free, "--management.health.tcptable.enabled=false")) {
      assertThat(sample.get("/actuator/health").statusCode()).isEqualTo(200);
      // On the web, the endpoint is off by default.
      assertThat(sample.get("/actuator/tcptable").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aBusyPortNamesWhoHoldsItSinceWhenAndWithWhichCommand() throws IOException {
    try (HeldPort held = HeldPort.start();
        RunningSample sample = RunningSample.with("--server.port=" + held.port())) {
      assertThat(sample.isRunning()).isFalse();
      assertThat(sample.printed())
          .contains("APPLICATION FAILED TO START")
          .contains("Web server failed to start: port " + held.port() + " is in use by:\n  ")
          .contains("(" + held.pid() + "), user ")
          .contains(", since 2")
          .contains(", command ")
          .contains("HeldPort")
          .contains("See whether it works: tcptable diagnose " + held.port() + "\n")
          .contains("Stop it: tcptable free " + held.port() + "\n");
    }
  }

  @Test
  void aPortThatThisApplicationHoldsItselfIsToldSo() throws IOException {
    try (ServerSocket own = new ServerSocket(0);
        RunningSample sample = RunningSample.with("--server.port=" + own.getLocalPort())) {
      assertThat(sample.printed()).contains("is in use by this application itself.");
    }
  }

  @Test
  void aPortOutOfRangeFailsAtStartWithTheNameOfTheProperty() {
    try (RunningSample sample = RunningSample.with("--tcptable.ports=3001,70000")) {
      assertThat(sample.isRunning()).isFalse();
      assertThat(sample.printed())
          .contains("APPLICATION FAILED TO START")
          .contains("tcptable.ports[1]")
          .contains("70000")
          .contains("A port is a number from 1 to 65535.");
    }
  }

  @Test
  void whereNothingCanBeReadTheApplicationRuns() throws Exception {
    Platforms.bind("none-such");
    Platforms.use(null, null);
    try (RunningSample sample =
        RunningSample.with(
            ALL, "--management.endpoint.health.show-details=always", "--tcptable.ports=3001")) {
      assertThat(sample.isRunning()).isTrue();
      assertThat(sample.get("/actuator/health").statusCode()).isEqualTo(200);
      assertThat(sample.get("/actuator/health").body())
          .contains("none-such: not one of ffm, jni")
          .contains("\"status\":\"UNKNOWN\"");
      assertThat(sample.get("/actuator/metrics/tcptable.listeners").body())
          .contains("\"value\":\"NaN\"");
      assertThat(sample.printed().lines().filter(line -> line.contains("cannot be read")))
          .hasSize(1);
    } finally {
      Platforms.bind("ffm,jni,java");
      Platforms.use(null, null);
    }
  }

  /** No actuator, no Micrometer, no web server: nothing of it is missed. */
  @Test
  void anApplicationWithoutAllOfItStarts() throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(
                jar ->
                    !jar.matches(
                        ".*/(spring-(web|webmvc)|spring-boot-(actuator|health|web-server|tomcat"
                            + "|servlet|webmvc|micrometer|http)|micrometer-|tomcat-embed)[^/]*jar"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(classPath).contains("spring-boot-autoconfigure").doesNotContain("tomcat-embed");
    Process plain =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "sample.SampleApplication",
                "--debug")
            .redirectErrorStream(true)
            .start();
    String said = new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(plain.waitFor()).as(said).isZero();
    assertThat(said).contains("Started SampleApplication").contains("TcptableAutoConfiguration");
  }
}
