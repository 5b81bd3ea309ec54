// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.health.HealthProbe;
import io.tcptable.internal.wording.UrlText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the health check; the same for every command that has one. */
public final class HealthOptions {

  private final Command command;
  private final OptionSpec health;
  private final OptionSpec expectStatus;
  private final OptionSpec expectBody;
  private final OptionSpec expectJson;
  private final TrustOptions trust;

  /** Adds them to a command. */
  public HealthOptions(Command command) {
    this.command = command;
    health =
        command.option(
            OptionSpec.builder("--health")
                .paramLabel("URL")
                .type(String.class)
                .description(
                    "Health check: http://..., https://... or",
                    "tcp://HOST:PORT (connect only). Default:",
                    "http://localhost:PORT/health, where a 404",
                    "still counts as healthy."));
    expectStatus =
        command.option(
            OptionSpec.builder("--expect-status")
                .paramLabel("STATUS")
                .type(Integer.class)
                .converters(Arguments::status)
                .description("HTTP status to expect (default any from 200 to 299)."));
    expectBody =
        command.option(
            OptionSpec.builder("--expect-body")
                .paramLabel("TEXT")
                .type(String.class)
                .description("Text that the body must contain."));
    expectJson =
        command.option(
            OptionSpec.builder("--expect-json")
                .paramLabel("JSON")
                .type(String.class)
                .description(
                    "JSON that the body must contain, such as '{\"status\": \"healthy\"}'; extra"
                        + " fields are ignored."));
    trust = new TrustOptions(command);
  }

  /** Whether any of them is given. */
  public boolean isGiven() {
    return Stream.of(health, expectStatus, expectBody, expectJson)
            .anyMatch(option -> option.getValue() != null)
        || trust.isGiven();
  }

  /** The probe they describe, with its usual times. */
  public HealthProbe probe(PortArgument asked) {
    try {
      String url = health.getValue();
      return trust.applyTo(expecting(url == null ? probeOf(asked) : HealthProbe.of(new URI(url))));
    } catch (URISyntaxException e) {
      throw command.misused(
          "'" + UrlText.ofInvalid(e.getInput()) + "' is not a URL: " + e.getReason());
    } catch (IllegalArgumentException e) {
      throw command.misused(String.valueOf(e.getMessage()));
    }
  }

  private static HealthProbe probeOf(PortArgument asked) {
    HealthProbe probe = HealthProbe.of(asked.port());
    return asked.address().map(probe::at).orElse(probe);
  }

  private HealthProbe expecting(HealthProbe probe) {
    HealthProbe expecting = probe;
    Integer status = expectStatus.getValue();
    if (status != null) {
      expecting = expecting.expectStatus(status);
    }
    String text = expectBody.getValue();
    if (text != null) {
      expecting = expecting.expectBody(text);
    }
    String members = expectJson.getValue();
    return members == null ? expecting : expectingJson(expecting, members);
  }

  private HealthProbe expectingJson(HealthProbe probe, String members) {
    try {
      return probe.expectJson(members);
    } catch (IllegalArgumentException e) {
      throw command.misused(String.valueOf(e.getMessage()));
    }
  }
}
