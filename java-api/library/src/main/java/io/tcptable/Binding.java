// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who makes the system calls, chosen once for this JVM.
 *
 * @param name {@code ffm}, {@code jni}, {@code jna}, {@code jnr}, or {@code java} for no native
 *     call at all
 * @param passedOver why each better binding is not in use, by its name, best first; empty if one is
 *     forced
 */
public record Binding(String name, Map<String, String> passedOver) {

  /** Keeps its own copy of the reasons, in their order. */
  public Binding {
    passedOver = Collections.unmodifiableMap(new LinkedHashMap<>(passedOver));
  }
}
