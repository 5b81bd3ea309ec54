// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class SocketEvidenceTest {

  private final SceneProcess server = new SceneProcess(100);

  @Test
  void aDualStackWildcardCoversBothFamiliesUnlessItIsV6Only() {
    SceneSocket any = listener(server).at(Loopback.address(new int[16]));
    SocketEvidence dual = any.evidence();
    SocketEvidence v6 = any.v6Only().evidence();
    SocketEvidence any4 = listener(server).at(Loopback.address(0, 0, 0, 0)).evidence();
    Endpoint v4 = Endpoint.of(Loopback.V4, SceneSocket.PORT);
    assertThat(dual.covers(v4)).isTrue();
    assertThat(v6.covers(v4)).isFalse();
    assertThat(v6.covers(Endpoint.of(Loopback.V6, SceneSocket.PORT))).isTrue();
    assertThat(any4.covers(v4)).isTrue();
    assertThat(any4.covers(Endpoint.of(Loopback.V6, SceneSocket.PORT))).isFalse();
  }
}
