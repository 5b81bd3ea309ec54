// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One thing that a diagnosis found.
 *
 * @param code its stable name
 * @param severity how bad it is
 * @param confidence how sure it is
 * @param cause what is wrong in a few words, as in "Port 3001 hangs: its process is stopped"; empty
 *     if it is never the cause
 * @param pids the processes concerned, in ascending order
 * @param seen what was seen, in one line with figures
 * @param evidence the figures by name, in order: numbers and texts; a name that ends in {@code
 *     Millis}, {@code Micros} or {@code Bytes} tells its unit, and one that is a PID is about that
 *     process
 * @param meaning what that means, in plain words
 * @param advice what to do, the best first
 */
public record Finding(
    FindingCode code,
    Severity severity,
    Confidence confidence,
    String cause,
    List<Long> pids,
    String seen,
    Map<String, Object> evidence,
    String meaning,
    List<Advice> advice) {

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

  /** Whether the server is at fault: not to know an owner, for one, is a fault of the diagnosis. */
  boolean isCause() {
    return isFault() && !cause.isEmpty();
  }

  /** A finding in the making. */
  static final class Builder {

    private static final Advice NO_COMMAND =
        new Advice.Hint(
            "There is a command for it, but a name in it has characters that cannot be shown.");

    private final FindingCode code;
    private final Severity severity;
    private final Confidence confidence;
    private final List<Long> pids = new ArrayList<>();
    private final Map<String, Object> evidence = new LinkedHashMap<>();
    private final List<Advice> advice = new ArrayList<>();
    private String cause = "";
    private String seen = "";
    private String meaning = "";

    Builder(FindingCode code, Severity severity, Confidence confidence) {
      this.code = code;
      this.severity = severity;
      this.confidence = confidence;
    }

    Builder cause(String words) {
      cause = words;
      return this;
    }

    Builder of(long pid) {
      pids.add(pid);
      return this;
    }

    Builder of(Collection<Long> more) {
      pids.addAll(more);
      return this;
    }

    Builder seen(String line) {
      seen = line;
      return this;
    }

    Builder figure(String name, long figure) {
      evidence.put(name, figure);
      return this;
    }

    /** Leaves out what is not known. */
    Builder figure(String name, OptionalLong figure) {
      figure.ifPresent(known -> evidence.put(name, known));
      return this;
    }

    Builder figure(String name, Duration duration) {
      return figure(name + "Millis", duration.toMillis());
    }

    Builder micros(String name, Duration duration) {
      return figure(name + "Micros", TimeUnit.MICROSECONDS.convert(duration));
    }

    Builder text(String name, String text) {
      evidence.put(name, text);
      return this;
    }

    Builder means(String words) {
      meaning = words;
      return this;
    }

    Builder advise(Collection<Advice> more) {
      more.forEach(this::advise);
      return this;
    }

    /** A command that cannot be shown as it is would do something else when it is pasted. */
    Builder advise(Advice one) {
      boolean isShown = one.kind() != Advice.Kind.COMMAND || PrintableText.is(one.text());
      advice.add(isShown ? one : NO_COMMAND);
      return this;
    }

    /** Adds a command of the operating system. */
    Builder command(String line) {
      return advise(new Advice.Command(line));
    }

    /** Adds commands of the operating system. */
    Builder commands(Collection<String> lines) {
      lines.forEach(this::command);
      return this;
    }

    /** Adds a sentence. */
    Builder hint(String sentence) {
      return advise(new Advice.Hint(sentence));
    }

    /** Adds a command of the operating system, if it has one. */
    Builder command(Optional<String> line) {
      line.ifPresent(this::command);
      return this;
    }

    /** Adds a command of the operating system or, if it has none, a sentence. */
    Builder commandOrHint(Optional<String> line, String sentence) {
      return line.isPresent() ? command(line) : hint(sentence);
    }

    Finding done() {
      return new Finding(code, severity, confidence, cause, pids, seen, evidence, meaning, advice);
    }
  }
}
