// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static io.tcptable.health.HttpResponse.LONGEST_BODY;

import io.tcptable.health.HttpResponse.OtherProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link HttpResponse}. The server chooses every byte, so all that is kept has a bound,
 * and no number can overflow. Used once.
 */
final class ResponseReader {

  static final String SPEAKS_TLS = "it speaks TLS: ask https://";

  private static final String VERSION = "HTTP/1.";
  private static final Pattern STATUS = Pattern.compile("(?s)\\d [1-9]\\d\\d( .*)?");

  private static final int SHORTEST_GREETING = 4;
  private static final int LONGEST_GREETING = 60;

  /** The first byte of what a server of TLS says to plain text: RFC 8446, 5.1. */
  private static final char TLS_ALERT = 21;

  /** All header lines together, those of interim answers too. */
  private static final int LONGEST_HEADER = 1 << 20;

  /** The lines around all chunks together: enough for a body in chunks of one byte. */
  private static final int LONGEST_CHUNK_LINES = 8 << 20;

  /** All else in a header is skipped. */
  private static final Set<String> FIELDS =
      Set.of("location", "content-length", "content-encoding", "transfer-encoding");

  private final InputStream in;
  private String lines = "its header is";
  private int limit = LONGEST_HEADER;
  private int read;

  ResponseReader(InputStream in) {
    this.in = in;
  }

  HttpResponse read() throws IOException {
    String statusLine = statusLine();
    Map<String, List<String>> fields = fields();
    while (isInterim(statusLine)) {
      statusLine = statusLine();
      fields = fields();
    }
    int status = Integer.parseInt(statusLine.substring(0, 3));
    byte[] body = status < 200 || status == 204 || status == 304 ? new byte[0] : body(fields);
    int length = Math.min(LONGEST_BODY, body.length);
    return new HttpResponse(
        statusLine,
        status,
        first(fields, "location"),
        first(fields, "content-encoding").filter(coding -> !coding.equals("identity")),
        new String(body, 0, length, StandardCharsets.UTF_8),
        length < body.length);
  }

  private static Optional<String> first(Map<String, List<String>> fields, String name) {
    return fields.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** 101 is the last answer in HTTP; every other one below 200 announces another. */
  private static boolean isInterim(String statusLine) {
    return statusLine.startsWith("1") && !statusLine.startsWith("101");
  }

  /** What follows {@code HTTP/1.1}; another protocol is noticed at the first byte that differs. */
  private String statusLine() throws IOException {
    for (int i = 0; i < VERSION.length(); i++) {
      int next = next();
      if (next != VERSION.charAt(i)) {
        boolean isTls = i == 0 && next == TLS_ALERT;
        throw new OtherProtocolException(
            isTls ? SPEAKS_TLS : "it is not HTTP/1" + greeting(VERSION.substring(0, i), next),
            isTls);
      }
    }
    String line = line();
    if (!STATUS.matcher(line).matches()) {
      throw new ProtocolException("its status line is " + VERSION + line);
    }
    return line.substring(2).strip();
  }

  /** The first words of another protocol, as far as they are there: most say what they are. */
  private String greeting(String begun, int first) throws IOException {
    StringBuilder words = new StringBuilder(begun);
    for (int next = first;
        next >= ' ' && next <= '~' && words.length() < LONGEST_GREETING;
        next = in.available() > 0 ? in.read() : -1) {
      words.append((char) next);
    }
    String text = words.toString().strip();
    return text.length() < SHORTEST_GREETING ? "" : ": \"" + text + "\"";
  }

  private Map<String, List<String>> fields() throws IOException {
    Map<String, List<String>> fields = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = Math.max(0, line.indexOf(':'));
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (FIELDS.contains(name)) {
        fields.computeIfAbsent(name, n -> new ArrayList<>()).add(line.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  /** One byte more than is kept, if there is one. */
  private byte[] body(Map<String, List<String>> fields) throws IOException {
    List<String> codings = elements(fields.get("transfer-encoding"));
    if (!codings.isEmpty() && codings.get(codings.size() - 1).equalsIgnoreCase("chunked")) {
      return chunks();
    }
    List<String> lengths = elements(fields.get("content-length"));
    if (!codings.isEmpty() || lengths.isEmpty()) {
      return in.readNBytes(LONGEST_BODY + 1);
    }
    long length = length(lengths.get(0), 10);
    for (String other : lengths) {
      if (length(other, 10) != length) {
        throw new ProtocolException("it has two lengths, " + lengths.get(0) + " and " + other);
      }
    }
    return exactly(Math.min(LONGEST_BODY + 1, length));
  }

  /** A field may stand in several lines or have several values in one: RFC 9110, 5.3. */
  private static List<String> elements(@Nullable List<String> lines) {
    return lines == null
        ? List.of()
        : lines.stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .map(String::strip)
            .toList();
  }

  private byte[] chunks() throws IOException {
    lines = "the lines around its chunks are";
    limit = LONGEST_CHUNK_LINES;
    read = 0;
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (body.size() <= LONGEST_BODY) {
      String line = line();
      int extension = line.indexOf(';');
      long length = length((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (length == 0) {
        break;
      }
      byte[] chunk = exactly(Math.min(LONGEST_BODY + 1 - body.size(), length));
      body.write(chunk, 0, chunk.length);
      if (chunk.length == length && !line().isEmpty()) {
        throw new ProtocolException("a chunk of its body is longer than announced");
      }
    }
    return body.toByteArray();
  }

  private byte[] exactly(long length) throws IOException {
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  /** A length has no greatest value (RFC 9110, 8.6): what no long can hold is the greatest long. */
  private static long length(String text, int radix) throws ProtocolException {
    if (text.isEmpty() || !text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0)) {
      throw new ProtocolException("a length in it is \"" + text + "\"");
    }
    try {
      return Long.parseLong(text, radix);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = next(); next != '\n'; next = next()) {
      line.write(next);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The next byte of a line. */
  private int next() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    if (++read > limit) {
      throw new ProtocolException(lines + " longer than " + (limit >> 20) + " MiB");
    }
    return next;
  }
}
