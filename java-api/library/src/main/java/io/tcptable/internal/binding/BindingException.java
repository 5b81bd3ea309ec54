// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.io.Serial;

/** A provider cannot be used; the message says why in one line. */
public final class BindingException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public BindingException(String reason) {
    super(reason);
  }

  public BindingException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
