// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.agreement.NeedsRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which source of owners a JVM gets, and what it says of the other. */
class OwnerSourceIT {

  private static ForkedJvm jvm() {
    return new ForkedJvm()
        .classPath(ForkedJvm.tcptable(), ForkedJvm.tcptableNative())
        .nativeAccess("ALL-UNNAMED");
  }

  private static ForkedJvm probe(String binding) {
    ForkedJvm jvm = new ForkedJvm(BpfOwnersProbe.class, binding).nativeAccess("ALL-UNNAMED");
    return jvm.classPath(ForkedJvm.everything());
  }

  @NeedsRoot
  @Test
  void ebpfIfPermitted() throws Exception {
    assertThat(jvm().run().said())
        .containsEntry("owners", "bpf")
        .doesNotContainKey("source.over.bpf");
  }

  @NeedsRoot
  @Test
  void theOneForced() throws Exception {
    assertThat(jvm().option("-Dtcptable.owners=bpf").run().said())
        .containsEntry("owners", "bpf")
        .doesNotContainKey("source.over.bpf");
    assertThat(jvm().option("-Dtcptable.owners=proc").run().said())
        .containsEntry("owners", "proc")
        .containsEntry("source.over.bpf", "proc is wanted: tcptable.owners=proc");
  }

  @Test
  void noneThatDoesNotExist() throws Exception {
    assertThat(jvm().option("-Dtcptable.owners=best").run().error())
        .isEqualTo("tcptable.owners=best: not one of bpf, proc");
  }

  @Test
  void withoutANativeCall() throws Exception {
    String reason = "needs a binding that makes native calls";
    assertReason(jvm().option("-Dtcptable.binding=java"), reason);
    assertThat(jvm().option("-Dtcptable.binding=java").run().said())
        .containsEntry("source.over.netlink", reason);
  }

  @NeedsRoot
  @Test
  void withoutTheLibrary() throws Exception {
    ForkedJvm jvm = new ForkedJvm().classPath(ForkedJvm.tcptable()).nativeAccess("ALL-UNNAMED");
    ForkedJvm.Outcome outcome = jvm.run();
    assertThat(outcome.said())
        .containsEntry("owners", "proc")
        .containsEntry(
            "source.over.bpf",
            outcome.binding().equals("java")
                ? "needs a binding that makes native calls"
                : "tcptable-native is not on the class path");
  }

  /** Root there, but not to the kernel. */
  @NeedsRoot
  @Test
  void inAUserNamespace() throws Exception {
    assertReason(
        jvm().under("unshare", "--user", "--map-root-user"),
        "bpf failed with EPERM: not permitted in this container or sandbox");
  }

  @NeedsRoot
  @Test
  void withoutTheCapabilities() throws Exception {
    assertReason(
        jvm().under("setpriv", "--bounding-set=-bpf,-sys_admin", "--inh-caps=-bpf,-sys_admin"),
        "needs root, or CAP_BPF and CAP_PERFMON");
  }

  /** The PIDs that it would tell mean nothing in the {@code /proc} mounted here. */
  @NeedsRoot
  @Test
  void whereProcShowsOthers() throws Exception {
    assertReason(
        jvm().under("unshare", "--pid", "--fork", "--kill-child"),
        "/proc shows the processes of another PID namespace");
  }

  private static void assertReason(ForkedJvm jvm, String reason) throws Exception {
    ForkedJvm.Outcome outcome = jvm.run();
    assertThat(outcome.said())
        .as(outcome.errors())
        .containsEntry("owners", "proc")
        .containsEntry("source.over.bpf", reason);
    assertThat(jvm.option("-Dtcptable.owners=bpf").run().error())
        .isEqualTo("tcptable.owners=bpf: " + reason);
  }

  /** All of them see the same, and what {@code /proc} shows; the program is loaded once. */
  @NeedsRoot
  @ParameterizedTest
  @MethodSource("io.tcptable.binding.Providers#names")
  void byManyThreadsAtOnce(String binding) throws Exception {
    assertSame(probe(binding).run());
  }

  /** Where the clock since boot is another, and so is every start. */
  @NeedsRoot
  @Test
  void inATimeNamespace() throws Exception {
    assertSame(probe("jni").under("unshare", "--time", "--boottime", "100000").run());
  }

  private static void assertSame(ForkedJvm.Outcome outcome) {
    assertThat(outcome.said()).as(outcome.errors()).containsKeys("bpf", "proc");
    String bpf = outcome.said().getOrDefault("bpf", "");
    assertThat(bpf).startsWith("[1xjava(").doesNotContain(",", "another");
    assertThat(bpf).isEqualTo(outcome.said().get("proc"));
    assertThat(outcome.said().get("descriptors"))
        .isEqualTo("[anon_inode:bpf-prog, anon_inode:bpf_link]");
  }
}
