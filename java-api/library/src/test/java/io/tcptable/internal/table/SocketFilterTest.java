// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketFilterTest {

  private static final int ESTABLISHED = 1;
  private static final int LISTEN = 10;

  /** All but 1 to 12. */
  private static final int UNKNOWN = ~0x1ffe;

  private final SocketFilter all = SocketFilter.all();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 12, 13, 31, 32, 33, 255})
  void allAcceptsEveryState(int state) {
    assertThat(all.accepts(false, state, 3001, 0)).isTrue();
    assertThat(all.accepts(true, state, 1, 65_535)).isTrue();
  }

  @Test
  void aStateIsOneOfThoseWanted() {
    SocketFilter two = all.withStates(1 << LISTEN | 1 << ESTABLISHED);

    assertThat(two.accepts(false, LISTEN, 3001, 0)).isTrue();
    assertThat(two.accepts(false, ESTABLISHED, 3001, 9)).isTrue();
    assertThat(two.accepts(false, 8, 3001, 9)).isFalse();
  }

  /** Its number would stand for another one if it were cut down to five bits. */
  @Test
  void aStateBeyondThoseKnownIsNoneOfThem() {
    SocketFilter listening = all.withStates(1 << LISTEN);

    assertThat(listening.accepts(false, 32 + LISTEN, 3001, 0)).isFalse();
    assertThat(listening.accepts(false, 64 + LISTEN, 3001, 0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 13, 31, 32, 42, 255})
  void statesThatNobodyKnowsAreWantedTogether(int state) {
    SocketFilter unknown = all.withStates(UNKNOWN);

    assertThat(unknown.accepts(false, state, 3001, 0)).isTrue();
    assertThat(unknown.accepts(false, LISTEN, 3001, 0)).isFalse();
    assertThat(all.withStates(1 << LISTEN).accepts(false, state, 3001, 0)).isFalse();
  }

  @Test
  void aLocalPortIsOneOfThoseWanted() {
    SocketFilter ports = all.withLocalPorts(80, 3001, 65_535);

    assertThat(ports.accepts(false, LISTEN, 80, 0)).isTrue();
    assertThat(ports.accepts(false, LISTEN, 3001, 0)).isTrue();
    assertThat(ports.accepts(false, LISTEN, 65_535, 0)).isTrue();
    assertThat(ports.accepts(false, LISTEN, 81, 80)).isFalse();
  }

  @Test
  void theRemotePortIsTheOneWanted() {
    assertThat(all.withRemotePort(443).accepts(false, ESTABLISHED, 1, 443)).isTrue();
    assertThat(all.withRemotePort(443).accepts(false, ESTABLISHED, 443, 1)).isFalse();
  }

  @Test
  void theFamilyIsOneOfThoseWanted() {
    assertThat(all.withFamilies(true, false).accepts(false, LISTEN, 1, 0)).isTrue();
    assertThat(all.withFamilies(true, false).accepts(true, LISTEN, 1, 0)).isFalse();
    assertThat(all.withFamilies(false, true).accepts(true, LISTEN, 1, 0)).isTrue();
    assertThat(all.withFamilies(false, true).accepts(false, LISTEN, 1, 0)).isFalse();
  }

  @Test
  void allConditionsMustHold() {
    SocketFilter one =
        all.withLocalPorts(3001)
            .withRemotePort(9)
            .withStates(1 << ESTABLISHED)
            .withFamilies(false, true)
            .withDetail();

    assertThat(one.detail()).isTrue();
    assertThat(one.accepts(true, ESTABLISHED, 3001, 9)).isTrue();
    assertThat(one.accepts(false, ESTABLISHED, 3001, 9)).isFalse();
    assertThat(one.accepts(true, LISTEN, 3001, 9)).isFalse();
    assertThat(one.accepts(true, ESTABLISHED, 3002, 9)).isFalse();
    assertThat(one.accepts(true, ESTABLISHED, 3001, 8)).isFalse();
  }
}
