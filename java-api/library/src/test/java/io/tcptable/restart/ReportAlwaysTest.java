// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.ProcessSource;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.table.OwnerSource;
import io.tcptable.internal.table.SocketSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import servers.Children;
import servers.FreePorts;

/** Once a server was signalled, a report comes out, whatever fails afterwards. */
class ReportAlwaysTest {

  private static final int MOST_CALLS = 1000;

  @RegisterExtension final Children children = new Children();

  private boolean signalled;
  private int calls;
  private int failing;

  @AfterEach
  void restore() {
    Platforms.use(null, null);
  }

  /** The same, but the call with the number {@link #failing} after the first signal fails. */
  private <T> T counted(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return call(real, method, arguments);
              }
              if (signalled && ++calls == failing) {
                throw thrown();
              }
              Object answer = call(real, method, arguments);
              signalled |= method.getName().equals("terminate");
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

  private Throwable thrown() {
    return switch (failing % 3) {
      case 0 -> new SourceException("poll", "EIO", "scripted failure");
      case 1 -> new OutOfMemoryError("scripted failure");
      default -> new IllegalStateException("scripted failure");
    };
  }

  @Test
  void whicheverCallFails() {
    Platforms.use(null, null);
    SystemAccess real = Platforms.access();
    for (failing = 1; failing == 1 || calls >= failing - 1; failing++) {
      int port = FreePorts.next();
      Process server = children.startServer(port);
      signalled = false;
      calls = 0;
      Platforms.use(
          null,
          new SystemAccess(
              real.binding(),
              real.betterBindings(),
              counted(SocketSource.class, real.sockets()),
              counted(OwnerSource.class, real.owners()),
              counted(ProcessSource.class, real.processes()),
              real.system(),
              real.betterSources()));

      RestartReport report = PortRestart.free(port).settle(Duration.ZERO).run();

      assertThat(signalled).isTrue();
      assertThat(report.toString()).as("call %d", failing).contains("(" + server.pid() + ")");
      if (calls < failing) {
        assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.DONE);
      }
      assertThat(failing).isLessThan(MOST_CALLS);
    }
    assertThat(failing).as("calls that failed").isGreaterThan(5);
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
