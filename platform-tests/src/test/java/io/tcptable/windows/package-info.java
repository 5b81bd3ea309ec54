// SPDX-License-Identifier: Apache-2.0
/**
 * The Windows part against a real implementation of the Windows API: that of Wine, by way of a
 * bridge that makes the calls; there is no JVM for Windows here.
 */
@NullMarked
package io.tcptable.windows;

import org.jspecify.annotations.NullMarked;
