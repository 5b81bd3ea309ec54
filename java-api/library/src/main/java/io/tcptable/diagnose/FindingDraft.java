// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A {@link Finding} in the making. */
final class FindingDraft {

  private final FindingCode code;
  private final Severity severity;
  private final Confidence confidence;
  private final List<Long> pids = new ArrayList<>();
  private final Map<String, Object> evidence = new LinkedHashMap<>();
  private final List<String> advice = new ArrayList<>();
  private String seen = "";
  private String meaning = "";

  FindingDraft(FindingCode code, Severity severity, Confidence confidence) {
    this.code = code;
    this.severity = severity;
    this.confidence = confidence;
  }

  FindingDraft of(long pid) {
    pids.add(pid);
    return this;
  }

  FindingDraft of(Collection<Long> more) {
    pids.addAll(more);
    return this;
  }

  FindingDraft seen(String line) {
    seen = line;
    return this;
  }

  FindingDraft figure(String name, long figure) {
    evidence.put(name, figure);
    return this;
  }

  /** Leaves out what is not known. */
  FindingDraft figure(String name, OptionalLong figure) {
    figure.ifPresent(known -> evidence.put(name, known));
    return this;
  }

  FindingDraft figure(String name, Duration duration) {
    return figure(name + "Millis", duration.toMillis());
  }

  FindingDraft micros(String name, Duration duration) {
    return figure(name + "Micros", TimeUnit.MICROSECONDS.convert(duration));
  }

  FindingDraft text(String name, String text) {
    evidence.put(name, text);
    return this;
  }

  FindingDraft means(String words) {
    meaning = words;
    return this;
  }

  FindingDraft advise(String command) {
    advice.add(command);
    return this;
  }

  FindingDraft advise(List<String> commands) {
    advice.addAll(commands);
    return this;
  }

  Finding done() {
    return new Finding(code, severity, confidence, pids, seen, evidence, meaning, advice);
  }
}
