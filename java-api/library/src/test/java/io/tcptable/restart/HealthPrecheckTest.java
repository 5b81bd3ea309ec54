// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthProbe;
import io.tcptable.restart.Refusal.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import servers.Children;
import servers.FreePorts;

/** A health check that cannot succeed stops nobody. */
@Timeout(120)
class HealthPrecheckTest {

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final int port = FreePorts.next();

  private PortRestart restart(String url) {
    return PortRestart.restart(port, Children.server(port))
        .log(directory.resolve("server.log"))
        .health(HealthProbe.of(URI.create(url)));
  }

  @Test
  void aHostThatIsNotKnownStopsNobody() throws Exception {
    Process old = children.startServer(port);
    PortRestart restart = restart("http://no-such-host.invalid:" + port + "/");

    Refusal planned = restart.plan().refusal().orElseThrow();
    RestartReport report = children.adopt(restart.run());

    assertThat(planned.kind()).isEqualTo(Kind.HEALTH_UNUSABLE);
    assertThat(planned.message())
        .startsWith(
            "the health check cannot succeed: http://no-such-host.invalid:" + port + "/ the host ");
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal()).contains(planned);
    assertThat(old.isAlive()).isTrue();
  }

  @Test
  void whatAnotherCommandMayAnswerIsNoReason() throws Exception {
    children.startServer(port);
    assertThat(restart("https://127.0.0.1:" + port + "/").plan().refusal()).isEmpty();
    assertThat(restart("http://127.0.0.1:" + port + "/nowhere").plan().refusal()).isEmpty();
    assertThat(restart("tcp://127.0.0.1:" + FreePorts.next()).plan().refusal()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theSameServerSpeaksTheSameProtocol() throws Exception {
    new RunningServer(children, port, directory).start();
    PortRestart same = PortRestart.asItWas(port).log(directory.resolve("server.log"));
    URI secure = URI.create("https://127.0.0.1:" + port + "/");

    Optional<Refusal> refusal = same.health(HealthProbe.of(secure)).plan().refusal();

    assertThat(refusal.map(Refusal::kind)).contains(Kind.HEALTH_UNUSABLE);
    assertThat(refusal.orElseThrow().message()).contains("it speaks plain HTTP");
    assertThat(same.plan().refusal()).isEmpty();
  }
}
