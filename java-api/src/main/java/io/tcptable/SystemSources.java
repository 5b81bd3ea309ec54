package io.tcptable;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.binding.Choice;
import io.tcptable.internal.linux.LinuxSources;
import io.tcptable.internal.table.SourceException;
import io.tcptable.internal.table.Sources;
import io.tcptable.internal.windows.WindowsSources;
import java.util.Locale;
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
    String system = System.getProperty("os.name", "");
    String name = system.toLowerCase(Locale.ROOT);
    String binding = System.getProperty(Choice.PROPERTY);
    try {
      if (name.startsWith("linux")) {
        return LinuxSources.open(binding, System.getProperty(LinuxSources.OWNERS));
      }
      if (name.startsWith("windows")) {
        return WindowsSources.open(binding);
      }
      String message = "tcptable reads the tables of Linux and Windows; this is " + system;
      throw new TcpTableException("", "", message, new UnsupportedOperationException(message));
    } catch (BindingException e) {
      throw new TcpTableException("", "", String.valueOf(e.getMessage()), e);
    } catch (SourceException e) {
      throw toTcpTableException(e);
    }
  }

  static TcpTableException toTcpTableException(SourceException e) {
    return new TcpTableException(e.call(), e.error(), String.valueOf(e.getMessage()), e);
  }
}
