// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerProgramTest {

  /** What runs others may have them do what it may not do itself. */
  @ParameterizedTest
  @CsvSource({
    "/usr/bin/dash, sh -c server, true",
    "/usr/bin/dash, ./run.sh, true",
    "/usr/bin/sudo, sudo server, true",
    "/usr/bin/make, make serve, true",
    "/usr/bin/docker, docker run -p 80:80 nginx, true",
    "/usr/bin/docker-compose, docker-compose up, true",
    "/usr/bin/busybox, httpd -f, true",
    "/usr/bin/node, npm start, true",
    "/usr/bin/node, node /usr/lib/npm.js start, true",
    "/usr/bin/python3.11, python3 -m pytest, true",
    "/usr/bin/python3.11, python3 -m http.server 80, false",
    "/usr/bin/node, node server.js, false",
    "/usr/lib/jvm/bin/java, java -jar app.jar, false",
    "/usr/sbin/nginx, nginx, false",
    "/srv/app/server, ./server --port 80, false",
  })
  void whetherACommandRunsOthers(Path image, String command, boolean runsOthers) {
    assertThat(ServerProgram.runsOthers(image, Arrays.asList(command.split(" "))))
        .isEqualTo(runsOthers);
  }
}
