package io.tcptable;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.Choice;
import io.tcptable.internal.linux.LinuxSources;
import io.tcptable.internal.table.SourceException;
import io.tcptable.internal.table.Sources;
import io.tcptable.internal.windows.WindowsSources;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one place that knows which operating system this is. */
final class SystemSources {

  private static volatile @Nullable Sources chosen;

  private SystemSources() {}

  /** Chosen at first use, and again after a failure. */
  static Sources get() {
    Sources sources = chosen;
    return sources != null ? sources : choose();
  }

  private static synchronized Sources choose() {
    Sources sources = chosen;
    if (sources == null) {
      sources = open();
      chosen = sources;
    }
    return sources;
  }

  private static Sources open() {
    String binding = System.getProperty(Choice.PROPERTY);
    try {
      return switch (OperatingSystem.named(nameOfThis()).orElseThrow(SystemSources::unsupported)) {
        case LINUX -> LinuxSources.open(binding, System.getProperty(LinuxSources.OWNERS));
        case WINDOWS -> WindowsSources.open(binding);
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
    Sources sources = chosen;
    return OperatingSystem.named(sources != null ? sources.system().name() : nameOfThis());
  }

  static TcpTableException toTcpTableException(SourceException e) {
    return new TcpTableException(e.call(), e.error(), String.valueOf(e.getMessage()), e);
  }
}
