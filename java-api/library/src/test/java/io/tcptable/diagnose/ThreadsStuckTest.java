// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.health.HealthResult.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThreadsStuckTest {

  private static final String LOCKED =
      """
      Full thread dump OpenJDK 64-Bit Server VM (25 mixed mode, sharing):

      "main" #1 [10] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x01 nid=10 waiting  [0x01]
         java.lang.Thread.State: WAITING (on object monitor)
      \tat shop.Main.main(Main.java:9)

      "http-1" #21 [11] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x02 nid=11 waiting  [0x02]
         java.lang.Thread.State: TIMED_WAITING (sleeping)
      \tat java.lang.Thread.sleep0(java.base@25/Native Method)
      \tat app//shop.Stock.load(Stock.java:31)
      \t- locked <0x00000000ff0a> (a shop.Stock)

         Locked ownable synchronizers:
      \t- None

      "http-2" #22 [12] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x03 nid=12 waiting  [0x03]
         java.lang.Thread.State: BLOCKED (on object monitor)
      \tat shop.Stock.count(Stock.java:40)
      \t- waiting to lock <0x00000000ff0a> (a shop.Stock)

      "http-3" #23 [13] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x04 nid=13 waiting  [0x04]
         java.lang.Thread.State: BLOCKED (on object monitor)
      \tat shop.Stock.count(Stock.java:40)
      \t- waiting to lock <0x00000000ff0a> (a shop.Stock)

      JNI global refs: 9, weak refs: 0
      """;

  private static final String EXHAUSTED =
      """
      "http-1" #21 [11] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x02 nid=11 waiting  [0x02]
         java.lang.Thread.State: TIMED_WAITING (sleeping)
      \tat java.lang.Thread.sleep0(java.base@25/Native Method)
      \tat shop.Payment.ask(Payment.java:7)

      "http-2" #22 [12] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x03 nid=12 waiting  [0x03]
         java.lang.Thread.State: TIMED_WAITING (sleeping)
      \tat java.lang.Thread.sleep0(java.base@25/Native Method)
      \tat shop.Payment.ask(Payment.java:7)
      """;

  private static final String IDLE =
      """
      "http-1" #21 [11] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x02 nid=11 waiting  [0x02]
         java.lang.Thread.State: WAITING (parking)
      \tat jdk.internal.misc.Unsafe.park(java.base@25/Native Method)
      \t- parking to wait for  <0x00000000ff0b> (a java.util.concurrent.locks.AbstractQueue)
      \tat java.util.concurrent.ThreadPoolExecutor.getTask(java.base@25/TPE.java:1069)

      "http-2" #22 [12] prio=5 os_prio=0 cpu=1.0ms elapsed=9.1s tid=0x03 nid=12 waiting  [0x03]
         java.lang.Thread.State: WAITING (parking)
      \tat jdk.internal.misc.Unsafe.park(java.base@25/Native Method)
      \t- parking to wait for  <0x00000000ff0b> (a java.util.concurrent.locks.AbstractQueue)
      \tat java.util.concurrent.ThreadPoolExecutor.getTask(java.base@25/TPE.java:1069)
      """;

  private final SceneProcess server = new SceneProcess(100).runs("/usr/bin/java", "shop");

  private Scene scene(String dump, Outcome outcome) {
    return new Scene()
        .with(server)
        .with(listener(server))
        .health(outcome)
        .threads(new ThreadDump(100, dump, true));
  }

  @Test
  void namesTheLockAndWhoHoldsIt() {
    Finding finding = scene(LOCKED, Outcome.NO_RESPONSE).finding(FindingCode.THREADS_STUCK);
    assertThat(finding.seen())
        .endsWith(
            " wait for the lock <0x00000000ff0a> (a shop.Stock); thread \"http-1\" holds it at"
                + " shop.Stock.load(Stock.java:31)")
        .startsWith("2 threads of ");
    assertThat(finding.cause()).isEqualTo("2 of its threads wait for one lock");
    assertThat(finding.evidence()).containsEntry("BLOCKED", 2L).containsEntry("holder", "http-1");
  }

  @Test
  void namesThePlaceWhereAPoolIs() {
    Finding finding = scene(EXHAUSTED, Outcome.NO_RESPONSE).finding(FindingCode.THREADS_STUCK);
    assertThat(finding.seen()).endsWith(" are at shop.Payment.ask(Payment.java:7)");
    assertThat(finding.cause())
        .isEqualTo("2 of its threads are at shop.Payment.ask(Payment.java:7)");
  }

  @Test
  void threadsThatWaitForWorkAreNotStuck() {
    assertThat(scene(IDLE, Outcome.NO_RESPONSE).codes()).doesNotContain(FindingCode.THREADS_STUCK);
    assertThat(scene(EXHAUSTED, Outcome.HEALTHY).codes()).doesNotContain(FindingCode.THREADS_STUCK);
  }

  @Test
  void aHungJvmIsAskedForItsThreads() {
    Advice threads = new Advice.Diagnose(3001, Advice.Diagnose.How.WITH_THREADS, Optional.empty());
    List<Advice> without =
        new Scene()
            .with(server)
            .with(listener(server))
            .health(Outcome.NO_RESPONSE)
            .finding(FindingCode.HEALTH_NO_RESPONSE)
            .advice();
    assertThat(without).contains(threads);
    assertThat(scene(IDLE, Outcome.NO_RESPONSE).finding(FindingCode.HEALTH_NO_RESPONSE).advice())
        .doesNotContain(threads);
  }
}
