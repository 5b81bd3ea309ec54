// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tcptable.internal.binding.BindingException;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;

/** What a test cannot do without: where it lacks, the test is skipped and says why. */
final class Needs {

  private Needs() {}

  static void compiler() {
    assumeTrue(CProgram.compiler().isPresent(), "needs a C compiler");
  }

  /** Sockets by ffm, their owners from this source, which not each user and kernel allows. */
  static SystemAccess sources(String owners) {
    try {
      return LinuxAccess.open("ffm", owners);
    } catch (BindingException e) {
      return abort("needs owners by " + owners + ": " + e.getMessage());
    }
  }
}
