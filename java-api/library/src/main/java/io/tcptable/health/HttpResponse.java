// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to one request of HTTP/1.1, see RFC 9112, over a connection that is closed afterwards.
 * The JDK's own client is not used because it tells neither when the first byte came nor from which
 * port it asked, and chooses the address itself.
 *
 * @param statusLine status and reason, such as {@code 503 Service Unavailable}
 * @param status the status
 * @param location where the page is instead, if it says so
 * @param body the first {@value #LONGEST_BODY} bytes of it, as UTF-8
 */
record HttpResponse(String statusLine, int status, Optional<String> location, String body) {

  static final int LONGEST_BODY = 1 << 20;

  private static final String VERSION = "HTTP/1.";

  /** The first byte of what a server of TLS says to plain text: RFC 8446, 5.1. */
  private static final char TLS_ALERT = 21;

  private static final int LONGEST_LINE = 8 * 1024;
  private static final int MOST_LINES = 1000;

  /** The request for a page, with the credentials of its URL. */
  static byte[] request(ProbeUrl asked) {
    URI url = asked.url();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String host = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    return String.join(
            "\r\n",
            "GET " + path + query + " HTTP/1.1",
            "Host: " + host,
            "User-Agent: tcptable",
            "Accept: */*",
            "Connection: close"
                + asked.authorization().map("\r\nAuthorization: "::concat).orElse(""),
            "",
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads an answer to its end.
   *
   * @throws ProtocolException if it is not HTTP
   * @throws EOFException if it ends too early
   */
  static HttpResponse read(InputStream in) throws IOException {
    String statusLine = statusLine(in);
    Map<String, String> fields = fields(in);
    while (isInterim(statusLine)) {
      statusLine = statusLine(in);
      fields = fields(in);
    }
    int status = Integer.parseInt(statusLine.substring(0, 3));
    byte[] body = status < 200 || status == 204 || status == 304 ? new byte[0] : body(in, fields);
    return new HttpResponse(
        statusLine,
        status,
        Optional.ofNullable(fields.get("location")),
        new String(body, StandardCharsets.UTF_8));
  }

  /** 101 is the last answer in HTTP; every other one below 200 announces another. */
  private static boolean isInterim(String statusLine) {
    return statusLine.startsWith("1") && !statusLine.startsWith("101");
  }

  /** What follows {@code HTTP/1.1}; another protocol is noticed at the first byte that differs. */
  private static String statusLine(InputStream in) throws IOException {
    for (int i = 0; i < VERSION.length(); i++) {
      char next = next(in);
      if (next != VERSION.charAt(i)) {
        throw new ProtocolException(
            i == 0 && next == TLS_ALERT ? "it speaks TLS: ask https://" : "it is not HTTP/1");
      }
    }
    String line = line(in);
    if (!line.matches("\\d [1-9]\\d\\d( .*)?")) {
      throw new ProtocolException("its status line is " + VERSION + line);
    }
    return line.substring(2);
  }

  private static Map<String, String> fields(InputStream in) throws IOException {
    Map<String, String> fields = new HashMap<>();
    for (int lines = 0; lines < MOST_LINES; lines++) {
      String line = line(in);
      if (line.isEmpty()) {
        return fields;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    throw new ProtocolException("it has more than " + MOST_LINES + " header lines");
  }

  private static byte[] body(InputStream in, Map<String, String> fields) throws IOException {
    String coding = fields.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    if (coding.endsWith("chunked")) {
      return chunks(in);
    }
    String length = fields.get("content-length");
    return length == null
        ? in.readNBytes(LONGEST_BODY)
        : exactly(in, Math.min(LONGEST_BODY, number(length, 10)));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() < LONGEST_BODY) {
      long length = number(line(in).split(";", 2)[0].strip(), 16);
      if (length == 0) {
        break;
      }
      byte[] chunk = exactly(in, Math.min(LONGEST_BODY - body.size(), length));
      body.write(chunk, 0, chunk.length);
      if (chunk.length == length && !line(in).isEmpty()) {
        throw new ProtocolException("a chunk of its body is longer than announced");
      }
    }
    return body.toByteArray();
  }

  private static byte[] exactly(InputStream in, long length) throws IOException {
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static long number(String text, int radix) throws ProtocolException {
    try {
      return Integer.toUnsignedLong(Integer.parseUnsignedInt(text, radix));
    } catch (NumberFormatException e) {
      throw new ProtocolException("a length in it is \"" + text + "\"");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (char c = next(in); c != '\n'; c = next(in)) {
      if (line.length() == LONGEST_LINE) {
        throw new ProtocolException("it has a line of more than " + LONGEST_LINE + " bytes");
      }
      line.append(c);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  private static char next(InputStream in) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return (char) next;
  }
}
