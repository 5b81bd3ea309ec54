// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.linux.LinuxPlatform;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.windows.WindowsPlatform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place that knows which operating system this is. */
final class Platforms {

  private static volatile @Nullable Platform chosen;

  private Platforms() {}

  /** Chosen at first use, and again after a failure. */
  static Platform get() {
    Platform sources = chosen;
    return sources != null ? sources : choose();
  }

  private static synchronized Platform choose() {
    Platform sources = chosen;
    if (sources == null) {
      sources = open();
      chosen = sources;
    }
    return sources;
  }

  private static Platform open() {
    String binding = System.getProperty(BindingSelection.PROPERTY);
    try {
      return switch (OperatingSystem.named(nameOfThis()).orElseThrow(Platforms::unsupported)) {
        case LINUX -> LinuxPlatform.open(binding, System.getProperty(LinuxPlatform.OWNERS));
        case WINDOWS -> WindowsPlatform.open(binding);
      };
    } catch (BindingException e) {
      throw new TcpTableException("", "", String.valueOf(e.getMessage()), e);
    } catch (SourceException e) {
      throw toTcpTableException(e);
    }
  }

  private static TcpTableException unsupported() {
    String message = "tcptable reads the tables of Linux and Windows; this is " + nameOfThis();
    return new TcpTableException("", "", message, new UnsupportedOperationException(message));
  }

  private static String nameOfThis() {
    return System.getProperty("os.name", "");
  }

  /** That of the sources in use, if any are. */
  static Optional<OperatingSystem> system() {
    Platform sources = chosen;
    return OperatingSystem.named(sources != null ? sources.system().name() : nameOfThis());
  }

  static TcpTableException toTcpTableException(SourceException e) {
    return new TcpTableException(e.call(), e.error(), String.valueOf(e.getMessage()), e);
  }
}
