// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.json.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSubsetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"status\":\"healthy\"}|{\"uptime\":5,\"status\":\"healthy\"}",
        "{}|{\"a\":1}",
        "1.0|1",
        "{\"a\":[{\"b\":1}]}|{\"a\":[{\"b\":1,\"c\":2}]}",
        "{\"a\":null}|{\"a\":null}"
      })
  void findsNoDifferenceWhereAllIsThere(String expected, String actual) {
    assertThat(JsonSubset.difference(JsonText.parse(expected), JsonText.parse(actual))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"db\":{\"ok\":true}}|{\"db\":{\"ok\":false}}|db.ok is false instead of true",
        "{\"status\":1}|{}|status is missing",
        "{\"a\":[1,2]}|{\"a\":[1,3]}|a[1] is 3 instead of 2",
        "[1]|[1,2]|the value is [1, 2] instead of [1]",
        "{\"a\":null}|{}|a is missing",
        "\"1\"|1|the value is 1 instead of \"1\"",
        "1|\"1\"|the value is \"1\" instead of 1",
      })
  void namesTheFirstDifference(String expected, String actual, String difference) {
    assertThat(JsonSubset.difference(JsonText.parse(expected), JsonText.parse(actual)))
        .hasValue(difference);
  }
}
