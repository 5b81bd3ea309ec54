// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that a diagnosis found.
 *
 * @param code its stable name
 * @param severity how bad it is
 * @param confidence how sure it is
 * @param pids the processes concerned, in ascending order
 * @param seen what was seen, in one line with figures
 * @param evidence the figures by name, in order: numbers and texts; a name that ends in {@code
 *     Millis}, {@code Micros} or {@code Bytes} tells its unit, and one that is a PID is about that
 *     process
 * @param meaning what that means, in plain words
 * @param advice what to do, the best first: commands for a shell, and sentences, which are told
 *     from them by the full stop at their end
 */
public record Finding(
    FindingCode code,
    Severity severity,
    Confidence confidence,
    List<Long> pids,
    String seen,
    Map<String, Object> evidence,
    String meaning,
    List<String> advice) {

  /** Keeps its own copies, in their order. */
  public Finding {
    pids = pids.stream().sorted().distinct().toList();
    evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    advice = List.copyOf(advice);
  }

  /** How bad a finding is, worst first. */
  public enum Severity {
    /** The port does not do its work because of it. */
    CRITICAL,
    /** It does harm, or will. */
    WARNING,
    /** Good to know; no fault. */
    INFO
  }

  /** How sure a finding is, surest first. */
  public enum Confidence {
    /** The kernel says so. */
    CERTAIN,
    /** What was seen is hardly explained otherwise. */
    LIKELY,
    /** One of several explanations. */
    POSSIBLE
  }

  /** Whether it is more than information. */
  public boolean isFault() {
    return severity != Severity.INFO;
  }
}
