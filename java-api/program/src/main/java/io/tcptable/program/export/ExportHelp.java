// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.export;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;

/** The last part of {@code tcptable export --help}. */
final class ExportHelp {

  static String[] text() {
    return """

      Answers GET /metrics in the OpenMetrics format, or in that of Prometheus 0.0.4.
      One snapshot is taken for each request, and nothing in between. A value that is
      not known is NaN. The meters are those of docs/INTEGRATIONS.md.
      There is no password and no TLS: it serves on loopback only, unless
      --allow-remote is given.
      Run it as %s to see the owners of other users' sockets.

      Examples:
        tcptable export
        tcptable export --port 3001,8080
        tcptable export --listen 10.0.0.5:9985 --allow-remote
      """
        .formatted(Platforms.current().phrases().of(Phrase.SUPERUSER))
        .split("\n");
  }

  private ExportHelp() {}
}
