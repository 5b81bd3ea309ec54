// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jnr;

import io.tcptable.internal.binding.Win32;

/** {@link Win32} in the package that jnr-ffi may see. */
public interface JnrWin32 extends Win32 {}
