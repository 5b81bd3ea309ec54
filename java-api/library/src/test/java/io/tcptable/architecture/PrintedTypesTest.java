// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a user prints or sees in a debugger says what it is. */
class PrintedTypesTest {

  @Test
  void eachTypeSaysWhatItIs() {
    assertThat(
            ExportedTypes.all()
                .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
                .filter(type -> !Throwable.class.isAssignableFrom(type))
                .filter(type -> !type.getSimpleName().equals("Builder"))
                .filter(PrintedTypesTest::hasObjects)
                .filter(type -> !declaresText(type)))
        .isEmpty();
  }

  private static boolean hasObjects(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(it -> !Modifier.isStatic(it.getModifiers()));
  }

  private static boolean declaresText(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .anyMatch(it -> it.getName().equals("toString") && it.getParameterCount() == 0);
  }
}
