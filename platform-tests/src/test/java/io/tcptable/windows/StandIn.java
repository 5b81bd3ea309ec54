// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.binding.WindowsLibraries;
import java.lang.reflect.InvocationTargetException;

/** {@code win32_stand_in.c}, a library for Linux in the place of those of Windows. */
public final class StandIn {

  private StandIn() {}

  static WindowsLibraries libraries() {
    String library = Wine.program("win32-stand-in.so").toString();
    return new WindowsLibraries(library, library, library, library, library);
  }

  /** The provider by FFM on it; by its name, as this is compiled for Java 17. */
  public static WindowsCalls ffm() {
    try {
      return Class.forName("io.tcptable.internal.binding.ffm.FfmWindowsCalls")
          .asSubclass(WindowsCalls.class)
          .getConstructor(WindowsLibraries.class)
          .newInstance(libraries());
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
