// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import io.tcptable.internal.wording.DurationText;
import java.io.IOException;
import java.io.Serial;

/** The kernel did not answer a read within the {@linkplain TimeLimiter#LIMIT limit}. */
public final class UnansweredException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  UnansweredException(String what) {
    super(what + " did not answer within " + DurationText.of(TimeLimiter.LIMIT));
  }
}
