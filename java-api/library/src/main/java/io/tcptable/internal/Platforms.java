// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.windows.WindowsPlatform;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows which operating system this is, by {@code os.name} of the JVM, and which
 * binding is in use. Safe for use by many threads.
 */
public final class Platforms {

  private static final String OWNERS = "tcptable.owners";

  private static final List<Platform> ALL = List.of(new LinuxPlatform(), new WindowsPlatform());

  private static volatile @Nullable Platform current;
  private static volatile @Nullable SystemAccess access;
  private static volatile @Nullable String binding;

  private static final ThreadLocal<@Nullable SystemAccess> OF_THREAD = new ThreadLocal<>();

  private Platforms() {}

  /** This operating system; if it is not supported, the first one, for its words. */
  public static Platform current() {
    Platform chosen = current;
    return chosen != null ? chosen : named(osName()).orElse(ALL.get(0));
  }

  /**
   * What is read through the binding that was chosen for this JVM: at first use, and again after a
   * failure.
   *
   * @throws SourceException if this system is not supported, or what is demanded cannot be used
   */
  public static SystemAccess access() {
    SystemAccess here = OF_THREAD.get();
    SystemAccess opened = here != null ? here : access;
    return opened != null ? opened : open();
  }

  private static synchronized SystemAccess open() {
    SystemAccess opened = access;
    if (opened == null) {
      if (current == null && named(osName()).isEmpty()) {
        throw unsupported();
      }
      String wanted = binding();
      opened = current().open(wanted, System.getProperty(OWNERS));
      access = opened;
      if (wanted == null) {
        PlainJavaNotice.log(opened);
      }
    }
    return opened;
  }

  private static @Nullable String binding() {
    String here = binding;
    return here != null ? here : System.getProperty(BindingSelection.PROPERTY);
  }

  /**
   * Chooses the binding for this JVM, instead of the property: for a program that has it as an
   * option. It counts until something was read.
   *
   * @param names one binding, or several with commas between: the first one that loads
   */
  public static void bind(String names) {
    binding = names;
  }

  private static SourceException unsupported() {
    String message =
        "tcptable supports "
            + ALL.stream().map(Platform::name).collect(Collectors.joining(" and "))
            + "; this is "
            + osName();
    return new SourceException(Kind.UNSUPPORTED, "", "", message);
  }

  private static Optional<Platform> named(String name) {
    String here = name.toUpperCase(Locale.ROOT);
    for (Platform system : ALL) {
      if (here.startsWith(system.name().toUpperCase(Locale.ROOT))) {
        return Optional.of(system);
      }
    }
    return Optional.empty();
  }

  private static String osName() {
    return System.getProperty("os.name", "");
  }

  /**
   * Makes this JVM read through other access from now on, regardless of the system and its
   * properties: for tests and benchmarks.
   *
   * @param system whose words and directories are meant, or null for this one
   * @param opened what to read, or null to choose once more at the next use
   */
  public static synchronized void use(@Nullable Platform system, @Nullable SystemAccess opened) {
    current = system;
    access = opened;
  }

  /** Makes this thread read through other access while it answers one question. */
  public static <T> T reading(SystemAccess through, Supplier<T> question) {
    SystemAccess before = OF_THREAD.get();
    OF_THREAD.set(through);
    try {
      return question.get();
    } finally {
      OF_THREAD.set(before);
    }
  }
}
