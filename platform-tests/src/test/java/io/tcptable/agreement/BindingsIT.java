// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.binding.Providers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@NeedsRoot
class BindingsIT {

  @AutoClose private final Namespace namespace = Namespace.create();

  /** The other tests compare the bindings that can be opened: none may be missing unnoticed. */
  @Test
  void opensEveryBindingThatThisJdkAllowsWithEverySourceOfOwners() {
    List<String> readers =
        Stream.concat(
                Providers.names().stream()
                    .flatMap(name -> Stream.of(name + "+bpf", name + "+proc")),
                Stream.of("java+proc"))
            .toList();

    BindingReader reader = namespace.reader(UserAccount.ROOT);

    assertThat(reader.ask(SocketQuestion.everything()))
        .as("not available: %s", reader.unavailable())
        .extracting(Answer::reader)
        .isEqualTo(readers);
  }

  @Test
  void asksTheKernelByNetlinkThroughEveryBindingButPlainJava() {
    assertThat(namespace.reader(UserAccount.ROOT).ask(SocketQuestion.everything()))
        .allSatisfy(
            answer ->
                assertThat(answer.socketSource())
                    .isEqualTo(answer.binding().equals("java") ? "proc" : "netlink"));
  }
}
