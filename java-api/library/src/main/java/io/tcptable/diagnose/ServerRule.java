// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

/**
 * A kind of finding on a server, which the kernel shows wherever that runs: also one hop away,
 * where a port is forwarded to or a server waits for another one. The other kinds are on the
 * address that was asked.
 */
abstract class ServerRule extends FindingRule {

  ServerRule(FindingCode code, String cause) {
    super(code, cause);
  }
}
