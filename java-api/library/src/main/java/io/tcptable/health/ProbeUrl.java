// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.wording.UrlText;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a health probe asks.
 *
 * @param url one of {@code http}, {@code https} or {@code tcp}, with a host, and a port if there is
 *     no usual one
 * @param isAssumed whether nobody has named it
 */
record ProbeUrl(URI url, boolean isAssumed) {

  /** The page that is asked unless another one is named. */
  static ProbeUrl assumed(String host, int port) {
    return new ProbeUrl(URI.create("http://" + host + ":" + port + "/health"), true);
  }

  /**
   * @throws IllegalArgumentException if it is not such a URL
   */
  ProbeUrl {
    if (!Set.of("http", "https", "tcp").contains(scheme(url))) {
      throw new IllegalArgumentException(text(url) + " does not start with http, https or tcp");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(text(url) + " names no host");
    }
    if (!PortNumber.isValid(port(url))) {
      throw new IllegalArgumentException(text(url) + " names no port");
    }
  }

  String host() {
    return url.getHost();
  }

  int port() {
    return port(url);
  }

  boolean isSecure() {
    return scheme(url).equals("https");
  }

  /** Whether no more is asked for than a connection. */
  boolean isTcpOnly() {
    return scheme(url).equals("tcp");
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return switch (scheme(url)) {
      case "http" -> 80;
      case "https" -> 443;
      default -> 0;
    };
  }

  private static String scheme(URI url) {
    return url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
  }

  /** The URL without its credentials (RFC 3986, section 3.2.1): only this one is ever printed. */
  URI shown() {
    return shown(url);
  }

  private static String text(URI url) {
    return url.getHost() == null ? UrlText.ofInvalid(url.toString()) : shown(url).toString();
  }

  private static URI shown(URI url) {
    return url.getRawUserInfo() == null
        ? url
        : URI.create(url.toString().replace("//" + url.getRawUserInfo() + "@", "//***@"));
  }

  /** The value of an {@code Authorization} header (RFC 7617) if the URL has credentials. */
  private Optional<String> authorization() {
    return Optional.ofNullable(url.getUserInfo())
        .map(it -> it.contains(":") ? it : it + ":")
        .map(it -> Base64.getEncoder().encodeToString(it.getBytes(StandardCharsets.UTF_8)))
        .map("Basic "::concat);
  }

  /** The request for the page, in HTTP/1.1 and with the credentials of the URL. */
  byte[] request() {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    // A zone means nothing to the server.
    String host =
        ascii.getHost().replaceFirst("%.*]", "]")
            + (ascii.getPort() < 0 ? "" : ":" + ascii.getPort());
    return String.join(
            "\r\n",
            "GET " + path + query + " HTTP/1.1",
            "Host: " + host,
            "User-Agent: tcptable",
            "Accept: */*",
            "Connection: close" + authorization().map("\r\nAuthorization: "::concat).orElse(""),
            "",
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return shown().toString();
  }
}
