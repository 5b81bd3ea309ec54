// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import io.tcptable.ListenAddress;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthProbe;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Diagnoses the port named, inside a namespace, and hands over a {@link Diagnosed}. */
final class DiagnoseMain {

  static final String THREADS = "--threads";

  /** A page that must be healthy; without one, that of localhost. */
  static final String HEALTH = "--health=";

  /** A second look that is late, as on a loaded machine, comes while the health check waits. */
  private static final Duration DEADLINE = Duration.ofMillis(2500);

  private static final String HEALTHY = "{\"status\": \"healthy\"}";

  private DiagnoseMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> options = List.of(args);
    Optional<ListenAddress> address =
        Optional.of(options.get(0)).filter(it -> it.contains(":")).map(ListenAddress::parse);
    int port = address.map(ListenAddress::port).orElseGet(() -> Integer.parseInt(options.get(0)));
    HealthProbe probe =
        options.stream()
            .filter(option -> option.startsWith(HEALTH))
            .map(option -> HealthProbe.of(URI.create(option.substring(HEALTH.length()))))
            .findFirst()
            .orElseGet(() -> HealthProbe.of(port));
    if (!probe.url().getScheme().equals("tcp")) {
      probe = probe.expectJson(HEALTHY);
    }
    PortDiagnosis.Request request =
        address
            .map(PortDiagnosis::request)
            .orElseGet(() -> PortDiagnosis.request(port))
            .health(probe.deadline(DEADLINE));
    if (options.contains(THREADS)) {
      request = request.threadDumps();
    }
    ObjectOutputStream out = new ObjectOutputStream(System.out);
    out.writeObject(Diagnosed.of(request.run()));
    out.flush();
  }
}
