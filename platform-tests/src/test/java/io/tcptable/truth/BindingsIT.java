// SPDX-License-Identifier: Apache-2.0
package io.tcptable.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BindingsIT {

  @AutoClose private final Namespace namespace = Namespace.create();

  /** The other tests compare the bindings that can be opened: none may be missing unnoticed. */
  @Test
  void opensEveryBindingThatThisJdkAllowsWithEverySourceOfOwners() {
    List<String> expected =
        Runtime.version().feature() >= 22
            ? List.of("ffm", "jni", "jna", "jnr")
            : List.of("jni", "jna", "jnr");
    List<String> witnesses =
        Stream.concat(
                expected.stream().flatMap(name -> Stream.of(name + "+bpf", name + "+proc")),
                Stream.of("java+proc"))
            .toList();

    Witness witness = namespace.witness(Account.ROOT);

    assertThat(witness.answer(Question.everything()))
        .as("not available: %s", witness.unavailable())
        .extracting(Testimony::witness)
        .isEqualTo(witnesses);
  }

  @Test
  void asksTheKernelByNetlinkThroughEveryBindingButPlainJava() {
    assertThat(namespace.witness(Account.ROOT).answer(Question.everything()))
        .allSatisfy(
            testimony ->
                assertThat(testimony.socketSource())
                    .isEqualTo(testimony.binding().equals("java") ? "proc" : "netlink"));
  }
}
