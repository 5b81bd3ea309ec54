// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.Platform;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Lets tests of other packages choose where a table comes from. */
public final class TcpTableAccess {

  private TcpTableAccess() {}

  public static TcpTable snapshot(TcpQuery query, Platform sources) {
    return TcpTable.snapshot(query, sources);
  }

  /** Makes this JVM take these for those of its system, until told otherwise by null. */
  public static void pretend(@Nullable Platform sources) throws ReflectiveOperationException {
    Field chosen = Platforms.class.getDeclaredField("chosen");
    chosen.setAccessible(true);
    chosen.set(null, sources);
  }
}
