// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.Advice;
import io.tcptable.CheckReturnValue;
import io.tcptable.ListenAddress;
import io.tcptable.TcpTable;
import io.tcptable.flight.DiagnosisRecord;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.process.PortRole;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Why a port does not answer, or that it does: the evidence, and the conclusion.
 *
 * <pre>{@code
 * PortDiagnosis diagnosis = PortDiagnosis.of(3001);
 * System.out.println(diagnosis.headline());
 * diagnosis.findings().forEach(f -> System.out.println(f.seen() + " " + f.advice()));
 * }</pre>
 *
 * <p>{@link #of(int)} runs with the defaults. What is to be different is said first:
 *
 * <pre>{@code
 * PortDiagnosis diagnosis = PortDiagnosis.request(3001).health(probe).threadDumps().run();
 * }</pre>
 *
 * @param port the port
 * @param address the only address of it that was looked at; empty if all were
 * @param verdict what it comes to, in one word
 * @param headline the same in one sentence
 * @param findings worst first
 * @param health what became of the health probe
 * @param table the sockets of the port at the second of two looks
 * @param watched how long after the first look that was
 * @param owners the processes that own one of these sockets, in ascending order of PID
 * @param ancestors their parents, the parents of those and so on, likewise, without the owners
 * @param threadDumps what the threads of owners that are JVMs did, by PID, if that was asked for;
 *     or why there is no dump
 * @param roles what owners, and ancestors of which it is known, have to do with the port, by PID
 */
public record PortDiagnosis(
    int port,
    Optional<ListenAddress> address,
    Verdict verdict,
    String headline,
    List<Finding> findings,
    HealthResult health,
    TcpTable table,
    Duration watched,
    List<ProcessEvidence> owners,
    List<ProcessEvidence> ancestors,
    Map<Long, String> threadDumps,
    Map<Long, PortRole> roles) {

  /** How long after the first look the second one is taken, unless told otherwise. */
  public static final Duration DEFAULT_DISTANCE = Duration.ofSeconds(1);

  /** The least distance between the two looks; below it, every server seems to hang. */
  public static final Duration SHORTEST_DISTANCE = Duration.ofMillis(100);

  private static final Duration LONGEST_DISTANCE = Duration.ofDays(1);

  /** Keeps its own copies. */
  public PortDiagnosis {
    findings = List.copyOf(findings);
    owners = List.copyOf(owners);
    ancestors = List.copyOf(ancestors);
    threadDumps = Collections.unmodifiableMap(new LinkedHashMap<>(threadDumps));
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
  }

  /**
   * Looks at a port twice, one second apart, and asks {@code http://localhost:PORT/health}.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   * @throws io.tcptable.TcpTableException if the sockets could not be read completely
   * @throws InterruptedException if this thread was interrupted
   */
  public static PortDiagnosis of(int port) throws InterruptedException {
    return request(port).run();
  }

  /**
   * How to diagnose a port; nothing is done before {@link Request#run()}.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static Request request(int port) {
    return new Request(
        PortScope.of(port), Optional.of(HealthProbe.of(port)), false, DEFAULT_DISTANCE);
  }

  /**
   * How to diagnose one address of a port, and ask it: other servers on other addresses of the port
   * do not count, nor do their connections.
   */
  public static Request request(ListenAddress address) {
    Objects.requireNonNull(address, "address");
    return new Request(
        PortScope.of(address),
        Optional.of(HealthProbe.of(address.port()).at(address)),
        false,
        DEFAULT_DISTANCE);
  }

  /**
   * How to diagnose a port. Immutable: each method returns a new request, and {@link #run()}
   * carries it out.
   */
  @CheckReturnValue
  public static final class Request {

    private final PortScope scope;
    private final Optional<HealthProbe> probe;
    private final boolean threads;
    private final Duration distance;

    private Request(
        PortScope scope, Optional<HealthProbe> probe, boolean threads, Duration distance) {
      this.scope = scope;
      this.probe = probe;
      this.threads = threads;
      this.distance = distance;
    }

    /**
     * With this health check, instead of {@link HealthProbe#of(int)}. One without a URL of its own
     * asks where the server listens: at the address that was chosen or, where all listeners are
     * bound to network interfaces, at an address of one of these.
     */
    public Request health(HealthProbe other) {
      Objects.requireNonNull(other, "other");
      return new Request(scope, Optional.of(other), threads, distance);
    }

    /**
     * Without a health check: nothing is sent to the server, and no connection is made. Then the
     * verdict is that of the kernel alone: it may show that the server hangs, is down, or that the
     * port is free, but not that the server is healthy.
     */
    public Request withoutHealthCheck() {
      return new Request(scope, Optional.empty(), threads, distance);
    }

    /**
     * With thread dumps of the owners that are JVMs, by the {@code jcmd} of this Java. A JVM
     * answers that itself, so it is not done by default.
     */
    public Request threadDumps() {
      return new Request(scope, probe, true, distance);
    }

    /**
     * How long after the first look the second one is taken; {@link #DEFAULT_DISTANCE} unless told
     * otherwise. A shorter one makes the diagnosis quicker, and a short pause of the server, such
     * as that of a garbage collection, look more like a hang: what was not done between the two
     * looks counts as not done.
     *
     * @throws IllegalArgumentException if it is shorter than {@link #SHORTEST_DISTANCE} or longer
     *     than a day
     */
    public Request secondLookAfter(Duration other) {
      Objects.requireNonNull(other, "other");
      if (other.compareTo(SHORTEST_DISTANCE) < 0 || other.compareTo(LONGEST_DISTANCE) > 0) {
        throw new IllegalArgumentException(
            other + " is not from " + SHORTEST_DISTANCE + " to " + LONGEST_DISTANCE);
      }
      return new Request(scope, probe, threads, other);
    }

    /**
     * Diagnoses the port now. It takes until the second look, or as long as the health check if
     * that is longer, and a little for the looks themselves: tens of milliseconds, more where
     * processes have not answered the kernel. If the server waits for another one of this machine,
     * that is looked at twice after the second look, a second apart at most. To bound it, bound
     * both: {@link #secondLookAfter} and {@link HealthProbe#deadline}; thread dumps come on top.
     * Any thread may do so at any time; each run looks again. Sockets of other users are read
     * without privileges, their owners with those of root only.
     *
     * @throws io.tcptable.TcpTableException if the sockets could not be read completely
     * @throws InterruptedException if this thread was interrupted
     */
    public PortDiagnosis run() throws InterruptedException {
      DiagnosisRecord flight = DiagnosisRecord.begin();
      PortDiagnosis diagnosis = DiagnosisRun.of(scope, probe, threads, distance);
      flight.end(
          diagnosis.port(),
          diagnosis.verdict().name(),
          diagnosis.headline(),
          diagnosis.findings().stream().map(finding -> finding.code().name()).toList());
      return diagnosis;
    }

    /** Where it looks, how often, and which health check it makes. */
    @Override
    public String toString() {
      return "diagnosis of "
          + scope
          + " by two looks "
          + DurationText.of(distance)
          + " apart, "
          + probe.map(it -> "asking " + it).orElse("without a health check");
    }
  }

  /**
   * The diagnosis in the schema {@code tcptable.diagnosis/2}, which is documented: one object on
   * one line, in ASCII; what is not known is absent. What the library does itself is an advice in
   * words. Holds what the health check has read, command lines and thread dumps, all of which may
   * be secrets. Jackson writes it so, too.
   */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(out -> writeJson(out, advice -> advice));
  }

  /**
   * Writes the same as it comes.
   *
   * @param out should buffer; is not flushed
   * @param wording makes an {@link Advice.Command} or an {@link Advice.Hint} of an advice, in the
   *     words of the program that shows it
   * @throws IOException if that cannot be written to
   */
  public void writeJson(Appendable out, UnaryOperator<Advice> wording) throws IOException {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(wording, "wording");
    new DiagnosisJson(wording).write(this, out);
  }

  /** The headline. */
  @Override
  public String toString() {
    return headline;
  }
}
