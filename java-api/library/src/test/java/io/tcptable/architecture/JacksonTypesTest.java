// SPDX-License-Identifier: Apache-2.0
package io.tcptable.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import org.junit.jupiter.api.Test;

/**
 * What is given to Jackson as it is becomes its JSON, or is refused for want of properties: never a
 * part of it that looks like all, such as {@code {"empty":false}}.
 */
class JacksonTypesTest {

  @Test
  void noTypeBecomesAPartOfItself() {
    SerializationConfig config = new ObjectMapper().getSerializationConfig();
    assertThat(
            ExportedTypes.all()
                .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
                .filter(type -> !Throwable.class.isAssignableFrom(type))
                .filter(
                    type -> {
                      BeanDescription bean = config.introspect(config.constructType(type));
                      return bean.findJsonValueAccessor() == null
                          && !bean.findProperties().isEmpty();
                    }))
        .isEmpty();
  }
}
