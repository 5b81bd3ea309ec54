package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTable;
import org.junit.jupiter.api.Test;

/** Which providers load here, from the packaged jars. */
class ProvidersIT {

  @Test
  void ffmIsTheBestWhereItExists() {
    boolean hasFfm = Runtime.version().feature() >= 22;
    assertThat(TcpTable.binding().name().equals("ffm")).isEqualTo(hasFfm);
  }
}
