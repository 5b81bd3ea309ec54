// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Optional;

/**
 * The answer to one request of HTTP/1.1, see RFC 9112, over a connection that is closed afterwards.
 * The JDK's own client is not used because it tells neither when the first byte came nor from which
 * port it asked, and chooses the address itself.
 *
 * @param statusLine status and reason, such as {@code 503 Service Unavailable}
 * @param status the status
 * @param location where the page is instead, if it says so
 * @param encoding how the body is encoded, such as {@code gzip}, if it says so
 * @param body the first {@value #LONGEST_BODY} bytes of it, as UTF-8
 * @param isCut whether the body is longer than that
 */
record HttpResponse(
    String statusLine,
    int status,
    Optional<String> location,
    Optional<String> encoding,
    String body,
    boolean isCut) {

  static final int LONGEST_BODY = 1 << 20;

  /** What answered speaks another protocol. */
  static final class OtherProtocolException extends ProtocolException {
    private static final long serialVersionUID = 1;

    private final boolean isTls;

    OtherProtocolException(String message, boolean isTls) {
      super(message);
      this.isTls = isTls;
    }

    /** Whether it speaks TLS. */
    boolean isTls() {
      return isTls;
    }
  }

  /**
   * Reads an answer to its end.
   *
   * @throws OtherProtocolException if it is not HTTP/1 at all
   * @throws ProtocolException if it breaks the rules of HTTP, or its header has no end
   * @throws EOFException if it ends too early
   */
  static HttpResponse read(InputStream in) throws IOException {
    return new ResponseReader(in).read();
  }
}
