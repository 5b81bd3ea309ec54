// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The sockets that a benchmark looks at: of a farm that runs already, or of one of its own. */
@State(Scope.Benchmark)
public class Farm {

  /** Names the port and the number of sockets on it of a farm that runs: {@code 40123,126}. */
  static final String RUNNING = "tcptable.farm";

  private static final int LISTENERS = 2;
  private static final int ATTEMPTS = 5;

  @Param({"100", "1000", "10000", "50000"})
  int sockets;

  /** 0 for as many as the largest farm has. */
  @Param("0")
  int processes;

  private @Nullable SocketFarm own;
  private int port;
  private int onPort;

  static String running(SocketFarm farm) {
    return farm.port() + "," + farm.onPort();
  }

  @Setup(Level.Trial)
  public void start() {
    String running = System.getProperty(RUNNING);
    if (running == null) {
      own =
          SocketFarm.start(
              new Size(sockets, processes == 0 ? Size.LARGEST.processes() : processes));
      running = running(own);
    }
    String[] figures = running.split(",", -1);
    port = Integer.parseInt(figures[0]);
    onPort = Integer.parseInt(figures[1]);
  }

  @TearDown(Level.Trial)
  public void stop() {
    if (own != null) {
      own.close();
    }
  }

  int port() {
    return port;
  }

  /** How many sockets the answer to a question must hold at least. */
  int expected(Question question) {
    return switch (question) {
      case ALL_OWNERS, ALL -> sockets;
      case PORT_OWNERS -> onPort;
      case PORT_LISTENERS -> LISTENERS;
    };
  }

  /**
   * Refuses to measure a wrong answer. While sockets of others come and go, the kernel may pass
   * over one, or tell one twice to those who do not look, so it is asked again.
   */
  void check(Question question, LongSupplier answer) {
    long found = answer.getAsLong();
    for (int attempt = 1; attempt < ATTEMPTS && !isRight(question, found); attempt++) {
      found = answer.getAsLong();
    }
    if (!isRight(question, found)) {
      throw new IllegalStateException(
          question.title() + ": " + found + " found where there are " + expected(question));
    }
  }

  private boolean isRight(Question question, long found) {
    int expected = expected(question);
    return question.onePort() ? found == expected : found >= expected;
  }
}
