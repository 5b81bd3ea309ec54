// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

/** What a diagnosis comes to, in one word. */
public enum Verdict {
  /** It answers as expected, and nothing is wrong. */
  HEALTHY,
  /** It answers, but wrongly, too late or with something else that needs to be put right. */
  DEGRADED,
  /** It takes connections, or the kernel does in its place, but does not answer. */
  HANGING,
  /** Nobody serves it, though something is there. */
  DOWN,
  /** Nobody is there: a server can have the port. */
  FREE,
  /** What was seen is not enough to tell. */
  UNKNOWN
}
