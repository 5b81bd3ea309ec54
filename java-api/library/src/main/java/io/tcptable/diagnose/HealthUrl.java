// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import java.net.URI;
import java.util.Optional;

/** Other URLs for a health check, ready to be used. */
final class HealthUrl {

  private HealthUrl() {}

  /** A diagnosis with this one. */
  static Advice diagnose(Observations observed, String url) {
    return new Advice.Diagnose(
        observed.port(),
        Advice.Diagnose.How.OTHER_HEALTH,
        Optional.of(url),
        observed.scope().address());
  }

  /** The first page of the server that was asked. */
  static String firstPage(Observations observed) {
    return server(observed, observed.health().isTlsSpoken() ? "https" : "http") + "/";
  }

  /** The server that was asked, and no page of it. */
  static String server(Observations observed, String scheme) {
    URI asked = observed.health().url();
    int port = asked.getPort() < 0 ? observed.port() : asked.getPort();
    return scheme + "://" + asked.getHost() + ":" + port;
  }

  /** The same URL with another scheme. */
  static String withScheme(URI url, String scheme) {
    return scheme + url.toString().substring(url.getScheme().length());
  }
}
