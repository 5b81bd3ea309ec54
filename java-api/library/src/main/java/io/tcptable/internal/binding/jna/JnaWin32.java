// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.jna;

import com.sun.jna.Library;
import io.tcptable.internal.binding.Win32;

/** {@link Win32} as JNA wants it. */
interface JnaWin32 extends Win32, Library {}
