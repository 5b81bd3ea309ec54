// SPDX-License-Identifier: Apache-2.0
/**
 * The binding {@code jnr}, for programs that have jnr-ffi. {@code JnrLinuxCalls} makes calls
 * through {@code JnrLibC}, {@code JnrWindowsCalls} through {@code JnrWin32}: interfaces that
 * jnr-ffi implements in an unnamed module, so that {@code ExportedPackage} must see this package
 * exported.
 */
@NullMarked
package io.tcptable.internal.binding.jnr;

import org.jspecify.annotations.NullMarked;
