// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tcptable.internal.Platforms;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs on JUnit 5, and by {@link OnJunit6Test} once more on 6. */
class ExtensionTest {

  @AfterEach
  void close() throws IOException {
    Subjects.closeAll();
  }

  private static EngineExecutionResults run(Class<?> subject) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(subject)).execute();
  }

  /** What the failed tests and classes say, by name. */
  private static Map<String, String> failures(EngineExecutionResults results) {
    return results.allEvents().failed().stream()
        .collect(
            Collectors.toMap(
                event -> event.getTestDescriptor().getDisplayName(), ExtensionTest::message));
  }

  private static String message(Event event) {
    return String.valueOf(
        event
            .getRequiredPayload(TestExecutionResult.class)
            .getThrowable()
            .orElseThrow()
            .getMessage());
  }

  @Test
  void whatClosesItsSocketsSucceeds() {
    run(Subjects.Clean.class).testEvents().assertStatistics(it -> it.succeeded(3).failed(0));
  }

  @Test
  void eachKindOfLeakFailsItsTestAndNoOther() {
    Map<String, String> failures = failures(run(Subjects.Leaking.class));

    assertThat(failures).containsOnlyKeys("listener()", "bound()", "established()", "closeWait()");
    assertThat(failures.get("listener()"))
        .startsWith("1 socket is open that was not there before this test:\n  listens on ")
        .contains(
            "\nThreads made since then that are at a socket:\n  forgotten-acceptor at "
                + "io.tcptable.junit.Subjects$Leaking");
    assertThat(failures.get("bound()"))
        .contains("1 socket is open", "  bound to ", "neither listening nor connected")
        .doesNotContain("forgotten-acceptor");
    assertThat(failures.get("established()"))
        .startsWith("2 sockets are open that were not there before this test:")
        .containsPattern("connection \\S+:\\d+ to \\S+:\\d+ in ESTABLISHED");
    assertThat(failures.get("closeWait()"))
        .contains("1 socket is open", "in CLOSE_WAIT: the peer has closed it, this side has not");
  }

  @Test
  void whatAClassLeaksFailsTheClassAndNoTest() {
    EngineExecutionResults results = run(Subjects.LeakingOnce.class);

    results.testEvents().assertStatistics(it -> it.succeeded(1).failed(0));
    assertThat(failures(results).values())
        .singleElement()
        .asString()
        .startsWith("1 socket is open that was not there before this class:\n  listens on ");
  }

  @Test
  void aFreePortIsFreeAndGivenOnce() {
    Subjects.Ports.GIVEN.clear();

    run(Subjects.Ports.class).testEvents().assertStatistics(it -> it.succeeded(1));

    assertThat(Subjects.Ports.GIVEN).hasSize(2).doesNotHaveDuplicates();
    assertThat(failures(run(Subjects.WrongParameter.class)).values())
        .singleElement()
        .asString()
        .contains("No ParameterResolver");
  }

  @Test
  void aServerThatIsExpectedIsWaitedForAndIsNoLeak() {
    run(ListeningSubjects.Served.class)
        .allEvents()
        .assertStatistics(it -> it.succeeded(3).failed(0));

    assertThat(failures(run(ListeningSubjects.Unserved.class)).values())
        .singleElement()
        .asString()
        .startsWith("a process should listen on port 1 within 100 ms: ");
  }

  @Test
  void whereSocketsCannotBeReadNothingIsChecked() {
    Platforms.bind("none-such");
    Platforms.use(null, null);
    try {
      EngineExecutionResults results = run(Subjects.LeakingOnce.class);

      results.allEvents().assertStatistics(it -> it.failed(0));
      assertThat(results.allEvents().reportingEntryPublished().list().toString())
          .contains("leaked sockets are not looked for: tcptable.binding=none-such");
    } finally {
      Platforms.bind("ffm,jni,java");
      Platforms.use(null, null);
    }
  }

  @Test
  void theSampleFailsWhereItLeaks() throws ClassNotFoundException {
    assertThat(failures(run(Class.forName("sample.SocketSample"))))
        .containsOnlyKeys("forgetsItsServer(int)");
  }
}
