// SPDX-License-Identifier: Apache-2.0
package io.tcptable.attack;

import io.tcptable.agreement.NeedsRoot;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever another user's words enter, no printed command does more than it says. */
@NeedsRoot
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ForeignWordsIT {

  @AutoClose private final HostileHost host = new HostileHost();
  private final AdvisedCommands advised = new AdvisedCommands(host);

  static Stream<Arguments> supervisors() {
    return Stream.of("runsv", "s6-supervise", "supervise", "supervisord", "PM2 v5", "docker-proxy")
        .flatMap(
            name ->
                Stream.of(ForeignWord.SEPARATORS, ForeignWord.LONG_OPTION, ForeignWord.NEW_LINES)
                    .map(word -> Arguments.of(name, word)));
  }

  @ParameterizedTest
  @EnumSource
  void aServersOwnWords(ForeignWord word) throws IOException {
    try (Attack attack = host.attack()) {
      attack.attacker().run(attack.looks(word) + "\nhang()");

      advised.assertDoNothingElse(attack, word);
    }
  }

  @ParameterizedTest
  @MethodSource("supervisors")
  void theWordsOfWhatCallsItselfASupervisor(String name, ForeignWord word) throws IOException {
    try (Attack attack = host.attack()) {
      attack
          .attacker()
          .run(
              """
              name(%s)
              arguments(%1$s, %s)
              fork(lambda: (name(b'server'), hang()))
              """
                  .formatted(Attack.bytes(name), word.literal()));

      advised.assertDoNothingElse(attack, word);
    }
  }
}
