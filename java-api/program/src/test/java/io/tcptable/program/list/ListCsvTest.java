// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import io.tcptable.program.LoopbackSockets;
import io.tcptable.program.Prefork;
import io.tcptable.program.command.ExitCode;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The CSV of {@code list}, read back. */
class ListCsvTest {

  @Test
  void oneLineASocketWithAHeader() throws Exception {
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      String text = Answer.to("list", "--csv", "--detail", sockets.portText()).found().out();
      assertThat(text).startsWith("family,localAddress,localPort,remoteAddress,remotePort,state,");
      assertThat(text.replace("\r\n", "")).doesNotContain("\n");
      List<CSVRecord> records = read(text);
      assertThat(records).hasSize(3).allMatch(CSVRecord::isConsistent);
      assertThat(records)
          .extracting(r -> r.get("state"))
          .containsExactly("LISTEN", "ESTABLISHED", "CLOSE_WAIT");
      for (CSVRecord r : records) {
        assertThat(r.get("family")).isEqualTo("ipv4");
        assertThat(r.get("localAddress")).isEqualTo("127.0.0.1");
        assertThat(r.get("localPort")).isEqualTo(sockets.portText());
        assertThat(r.get("ownership")).isEqualTo("owned");
        assertThat(r.get("pids")).isEqualTo(Long.toString(ProcessHandle.current().pid()));
        assertThat(r.get("owners")).isEqualTo("java(" + r.get("pids") + ")");
        assertThat(r.get("inode")).matches("[1-9]\\d*");
        assertThat(r.get("timer")).isEmpty();
        assertThat(r.get("timerRetransmits")).isEmpty();
      }
      CSVRecord listener = records.get(0);
      assertThat(listener.get("remoteAddress")).isEqualTo("0.0.0.0");
      assertThat(listener.get("remotePort")).isEqualTo("0");
      assertThat(listener.get("roundTripMicros")).isEmpty();
      CSVRecord closing = records.get(2);
      assertThat(closing.get("receiveQueue")).isEqualTo("1");
      assertThat(closing.get("remotePort")).isEqualTo(Integer.toString(sockets.goneClient()));
    }
  }

  @Test
  void severalOwnersInOneField() throws Exception {
    try (Prefork prefork = new Prefork("a\"b,c\u001b d", 2)) {
      CSVRecord shared = read(Answer.to("list", "--csv", prefork.portText()).found().out()).get(0);
      List<Long> pids = prefork.pids();
      assertThat(shared.get("pids")).isEqualTo(pids.get(0) + " " + pids.get(1) + " " + pids.get(2));
      String name = "a\"b,c? d";
      assertThat(shared.get("owners"))
          .isEqualTo(
              name
                  + "("
                  + pids.get(0)
                  + ") "
                  + name
                  + "("
                  + pids.get(1)
                  + ") "
                  + name
                  + "("
                  + pids.get(2)
                  + ")");
    }
  }

  @Test
  void nothingFoundIsTheHeaderAlone() throws Exception {
    Answer answer = Answer.to("list", "--csv", "--state=LISTEN", "--family=6", "1");
    assertThat(answer.code()).isEqualTo(ExitCode.NOTHING_FOUND);
    assertThat(answer.out()).hasLineCount(1);
    assertThat(read(answer.out())).isEmpty();
  }

  private static List<CSVRecord> read(String text) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      assertThat(parser.getHeaderNames()).isEqualTo(SocketCsv.HEADER);
      return parser.getRecords();
    }
  }
}
