// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.PublishingContainer;
import io.tcptable.internal.platform.PublishingContainer.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as the daemon of Docker writes them, made by hand: it does not run here. */
class DockerContainersTest {

  private static final String PORTS =
      "{\"NetworkMode\":\"bridge\",\"PortBindings\":"
          + "{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"3001\"}],\"53/udp\":[{\"HostIp\":\"\",\"HostPort\":\"3002\"}]}}";

  @TempDir private Path folder;

  private DockerContainers containers() {
    return new DockerContainers(List.of(folder.resolve("missing"), folder));
  }

  private void write(String id, String host, String config) throws IOException {
    Path container = Files.createDirectories(folder.resolve(id));
    Files.writeString(container.resolve("hostconfig.json"), host);
    Files.writeString(container.resolve("config.v2.json"), config);
  }

  private static String config(boolean running, boolean restarting, int exitCode) {
    return ("{\"State\":{\"Running\":%s,\"Paused\":false,\"Restarting\":%s,\"OOMKilled\":false,"
            + "\"ExitCode\":%d},\"Name\":\"/web\",\"RestartCount\":12}")
        .formatted(running, restarting, exitCode);
  }

  /** While it restarts a container, Docker calls it running too. */
  @ParameterizedTest
  @CsvSource({
    "true, true, 1, RESTARTING",
    "true, false, 0, RUNNING",
    "false, false, 137, ENDED",
  })
  void theStateIsInTheFiles(boolean running, boolean restarting, int exitCode, State state)
      throws IOException {
    write("5f3c", PORTS, config(running, restarting, exitCode));

    assertThat(containers().publishing(3001))
        .containsExactly(
            new PublishingContainer(
                "docker 5f3c",
                Optional.of("web"),
                state,
                12,
                state == State.RUNNING ? OptionalInt.empty() : OptionalInt.of(exitCode),
                false));
  }

  @Test
  void onlyThoseOfThatTcpPort() throws IOException {
    write("5f3c", PORTS, config(true, false, 0));
    write("6f3c", "{\"PortBindings\":{}}", config(true, false, 0));
    write("7f3c", "{\"PortBindings\":null}", config(true, false, 0));

    assertThat(containers().publishing(3001)).hasSize(1);
    assertThat(containers().publishing(3002)).as("UDP").isEmpty();
    assertThat(containers().publishing(80)).as("the port in there").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"State\":", "{}", "[]", "null"})
  void oneWhoseFilesAreOfAnotherKindIsLeftOut(String config) throws IOException {
    write("5f3c", PORTS, config);

    assertThat(containers().publishing(3001)).isEmpty();
  }
}
