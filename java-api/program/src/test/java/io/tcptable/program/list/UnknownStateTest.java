// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.FakeTables;
import io.tcptable.TcpSocket;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.json.SocketNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A state that came after this version is shown by the number that the system has for it. */
class UnknownStateTest {

  private static TcpSocket inState(int number) {
    return FakeTables.inState(number).get(0);
  }

  @Test
  void forPeopleAndInCsv() throws IOException {
    assertThat(SocketNames.state(inState(13))).isEqualTo("UNKNOWN(13)");
    assertThat(SocketNames.state(inState(2))).isEqualTo("LISTEN");
    assertThat(SocketNames.state(inState(-1))).isEqualTo("UNKNOWN");

    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    SocketCsv.print(List.of(inState(13)), csv);
    assertThat(csv.toString(StandardCharsets.UTF_8)).contains(",UNKNOWN(13),");
  }

  @Test
  void inJson() throws IOException {
    assertThat(json(inState(13))).contains("\"state\":\"UNKNOWN\",\"stateNumber\":13,");
    assertThat(json(inState(2))).contains("\"state\":\"LISTEN\"").doesNotContain("stateNumber");
  }

  private static String json(TcpSocket socket) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    JsonOutput.print(
        new PrintStream(text), "x/1", socket, (json, it) -> json.written("socket", it.toJson()));
    return text.toString(StandardCharsets.UTF_8);
  }
}
