package io.tcptable;

import io.tcptable.internal.binding.Choice;
import io.tcptable.internal.windows.FakeWindows;
import io.tcptable.internal.windows.WindowsSources;
import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets this JVM take a fake Windows for its system. */
public final class ThisSystem {

  private ThisSystem() {}

  /** One with this JVM, and a listener of a process that has ended. */
  public static void isWindows(int port, int pid) {
    choose(windows(port, pid));
  }

  /** One with this JVM, and a listener of a program. */
  public static void isWindows(int port, int pid, String program) {
    choose(windows(port, pid).process(pid, 0, 1, program));
  }

  private static FakeWindows windows(int port, int pid) {
    return new FakeWindows()
        .listener(port, pid)
        .process((int) ProcessHandle.current().pid(), 0, 1, "java.exe");
  }

  private static void choose(FakeWindows windows) {
    pretend(WindowsSources.of(new Choice<>("fake", windows, Map.of())));
  }

  /** It is what it is again. */
  public static void isItself() {
    pretend(null);
  }

  private static void pretend(@Nullable Object sources) {
    try {
      Field chosen = SystemSources.class.getDeclaredField("chosen");
      chosen.setAccessible(true);
      chosen.set(null, sources);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no field for the sources", e);
    }
  }
}
