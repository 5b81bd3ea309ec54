// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.StackStats;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.SocketSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import servers.Children;
import servers.FreePorts;

/** Once a server was signalled, a report comes out, whatever fails afterwards. */
class ReportAlwaysTest {

  private static final int MOST_CALLS = 1000;

  @RegisterExtension final Children children = new Children();

  @TempDir private Path directory;

  private final SystemAccess real = realAccess();
  private final Set<Long> known = new HashSet<>();
  private final List<String> calls = new ArrayList<>();
  private boolean signalled;
  private IntPredicate fails = call -> false;
  private StepName step = StepName.PREPARE;

  private static SystemAccess realAccess() {
    Platforms.use(null, null);
    return Platforms.access();
  }

  @AfterEach
  void restore() {
    Platforms.use(null, null);
  }

  /**
   * All that the system is asked after the first signal fails, if the number of the call says so.
   */
  private void askedBy(IntPredicate failing) {
    Platforms.use(null, null);
    calls.clear();
    signalled = false;
    fails = failing;
    Platforms.use(
        counted(Platform.class, Platforms.current()),
        new SystemAccess(
            real.binding(),
            real.betterBindings(),
            counted(SocketSource.class, real.sockets()),
            real.namespaces(),
            real.ends(),
            real.stateChanges(),
            counted(OwnerSource.class, real.owners()),
            counted(ProcessSource.class, real.processes()),
            counted(StackStats.class, real.system()),
            real.betterSources()));
  }

  private <T> T counted(Class<T> type, T answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (signalled) {
                calls.add(step + " " + method.getName());
                if (fails.test(calls.size())) {
                  throw thrown(calls.size());
                }
              }
              Object answer = call(answers, method, arguments);
              signalled |= method.getName().equals("terminate") && answer.equals(true);
              return method.getName().equals("hold")
                  ? ((Optional<?>) answer).map(it -> counted(PinnedHandle.class, (PinnedHandle) it))
                  : answer;
            }));
  }

  private static Object call(Object real, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Throwable thrown(int call) {
    return switch (call % 3) {
      case 0 -> new SourceException("poll", "EIO", "scripted failure");
      case 1 -> new OutOfMemoryError("scripted failure");
      default -> new IllegalStateException("scripted failure");
    };
  }

  @Test
  void whicheverCallFails() {
    int failing = 1;
    do {
      int port = FreePorts.next();
      Process server = children.startServer(port);
      int number = failing;
      askedBy(call -> call == number);

      RestartReport report = PortRestart.free(port).settle(Duration.ZERO).run();

      assertThat(signalled).isTrue();
      assertThat(report.toString()).as("call %d", failing).contains("(" + server.pid() + ")");
      if (calls.size() < failing) {
        assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
      }
      assertThat(failing).isLessThan(MOST_CALLS);
    } while (calls.size() >= failing++);
    assertThat(failing).as("calls that failed").isGreaterThan(5);
  }

  /** In each step of a restart, from the first call of each kind on. */
  @Test
  void whicheverCallIsTheFirstOfAllThatFail() {
    RestartReport whole = restartWith(call -> false);
    assertThat(whole.outcome()).as("%s", whole).isEqualTo(Outcome.DONE);
    Set<String> kinds = new LinkedHashSet<>(calls);
    assertThat(kinds)
        .extracting(kind -> kind.split(" ", 2)[0])
        .contains("TERMINATE", "FREE", "LISTEN");

    for (String kind : kinds) {
      restartWith(call -> calls.indexOf(kind) >= 0);
    }
  }

  private RestartReport restartWith(IntPredicate failing) {
    int port = FreePorts.next();
    Process server = children.startServer(port);
    askedBy(failing);
    StepListener listener =
        new StepListener() {
          @Override
          public void began(StepName name, String what) {
            step = name;
          }
        };
    PortRestart restart =
        PortRestart.restart(port, Children.server(port))
            .settle(Duration.ZERO)
            .log(directory.resolve(port + ".log"))
            .listener(listener);

    RestartReport report = restart.run();

    Platforms.use(null, null);
    List<ProcessHandle> started = startedBy(server.pid());
    started.forEach(process -> children.adopt(process.pid()));
    assertThat(report.toString()).as("%s", calls).contains("(" + server.pid() + ")");
    assertThat(report.started().map(RestartReport.Started::pid).stream().toList())
        .as("%s", report)
        .isEqualTo(started.stream().map(ProcessHandle::pid).toList());
    return report;
  }

  /** The children of this process that are no servers of the test's own. */
  private List<ProcessHandle> startedBy(long server) {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.pid() != server && known.add(child.pid()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"TERMINATE", "KILL", "FREE", "START", "LISTEN", "HEALTH"})
  void aListenerThatThrows(StepName at) {
    int port = FreePorts.next();
    Process server = children.startServer(port);
    StepListener listener =
        new StepListener() {
          @Override
          public void ended(StepResult result) {
            if (result.step() == at) {
              throw new AssertionError("of the listener");
            }
          }
        };

    RestartReport report =
        children.adopt(
            PortRestart.restart(port, Children.server(port))
                .settle(Duration.ZERO)
                .listener(listener)
                .run());

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
    assertThat(report.toString())
        .contains("(" + server.pid() + ")", "of the listener")
        .contains("started and running: ");
  }
}
