// SPDX-License-Identifier: Apache-2.0
package io.tcptable.memory;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the library's objects keep: all arrays and objects that can be reached from one
 * of them through fields of its own classes, as a 64-bit JVM lays them out by default. Objects of
 * the JDK count as much as two longs.
 */
final class KeptBytes {

  private static final int HEADER = 16;
  private static final int REFERENCE = 4;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private long bytes;

  private KeptBytes() {}

  static long of(Object... roots) throws IllegalAccessException {
    KeptBytes kept = new KeptBytes();
    for (Object root : roots) {
      kept.count(root);
    }
    return kept.bytes;
  }

  private void count(@Nullable Object object) throws IllegalAccessException {
    if (object == null || !seen.add(object)) {
      return;
    }
    Class<?> type = object.getClass();
    if (type.isArray()) {
      array(object, type.getComponentType());
    } else if (type.getName().startsWith("io.tcptable.")) {
      fields(object, type);
    } else {
      add(2 * Long.BYTES);
    }
  }

  private void array(Object array, Class<?> component) throws IllegalAccessException {
    int length = Array.getLength(array);
    add((long) length * size(component));
    for (int i = 0; i < length && !component.isPrimitive(); i++) {
      count(Array.get(array, i));
    }
  }

  private void fields(Object object, Class<?> type) throws IllegalAccessException {
    long size = 0;
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        size += size(field.getType());
        field.setAccessible(true);
        if (!field.getType().isPrimitive()) {
          count(field.get(object));
        }
      }
    }
    add(size);
  }

  private void add(long content) {
    bytes += HEADER + (content + 7) / 8 * 8;
  }

  private static int size(Class<?> type) {
    if (type == long.class || type == double.class) {
      return Long.BYTES;
    }
    if (type == int.class || type == float.class) {
      return Integer.BYTES;
    }
    if (type == short.class || type == char.class) {
      return Short.BYTES;
    }
    return type.isPrimitive() ? 1 : REFERENCE;
  }
}
