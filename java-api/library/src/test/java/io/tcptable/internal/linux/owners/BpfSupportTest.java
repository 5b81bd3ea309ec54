// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.owners;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.linux.kernel.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is to blame that owners are not found by eBPF. */
class BpfSupportTest {

  /** Numbers of {@code asm-generic/errno.h}. */
  @ParameterizedTest
  @CsvSource({
    "38, this kernel or sandbox has no bpf(2)",
    "65, the native library was built without it",
    "1, bpf failed with EPERM: not permitted in this container or sandbox",
    "13, bpf failed with EACCES: not permitted in this container or sandbox",
  })
  void aReasonOfItsOwn(int errno, String reason) {
    assertThat(BpfSupport.refusal(errno, "6.2")).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"7, E2BIG", "22, EINVAL", "28, ENOSPC", "95, EOPNOTSUPP", "524, errno 524"})
  void anyOtherIsTheKernels(int errno, String name) {
    assertThat(BpfSupport.refusal(errno, "6.2"))
        .startsWith("bpf failed with " + name + ": this kernel ");
  }

  @Test
  void everyNumberHasItsName() {
    assertThat(Errno.name(1)).isEqualTo("EPERM");
    assertThat(Errno.name(41)).isEqualTo("errno 41");
    assertThat(Errno.name(111)).isEqualTo("ECONNREFUSED");
    assertThat(Errno.name(133)).isEqualTo("EHWPOISON");
    assertThat(Errno.name(134)).isEqualTo("errno 134");
    assertThat(Errno.name(0)).isEqualTo("errno 0");
  }
}
