// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jnr;

import io.tcptable.internal.binding.BindingException;

/** The class that jnr-ffi makes of an interface lives in an unnamed module, and has to see it. */
final class ExportedPackage {

  private ExportedPackage() {}

  /**
   * Makes sure of it.
   *
   * @throws BindingException if it is not so; the message says how it can be
   */
  static void require(Class<?> type) {
    Module module = type.getModule();
    String name = type.getPackageName();
    if (!module.isExported(name, type.getClassLoader().getUnnamedModule())) {
      throw new BindingException(
          "jnr-ffi may not see the module io.tcptable; start java with --add-exports "
              + module.getName()
              + "/"
              + name
              + "=ALL-UNNAMED");
    }
  }
}
