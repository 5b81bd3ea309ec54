package io.tcptable.benchmarks;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.linux.LinuxSources;
import io.tcptable.internal.table.Sources;

/** tcptable by a binding and an owner source of one's own choice. */
final class TcptableSources {

  /** The property that forces an owner source. */
  private static final String OWNERS = "tcptable.owners";

  private TcptableSources() {}

  /**
   * @throws BindingException if one of both cannot be used here
   */
  static Sources open(String binding, String owners) {
    String before = System.setProperty(OWNERS, owners);
    try {
      Sources sources = LinuxSources.open(binding);
      String used = sources.owners().name();
      if (!used.equals(owners)) {
        throw new BindingException(
            sources.passedOver().getOrDefault(owners, "no such owner source, but " + used));
      }
      return sources;
    } catch (BindingException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new BindingException(String.valueOf(e.getMessage()), e);
    } finally {
      if (before == null) {
        System.clearProperty(OWNERS);
      } else {
        System.setProperty(OWNERS, before);
      }
    }
  }
}
