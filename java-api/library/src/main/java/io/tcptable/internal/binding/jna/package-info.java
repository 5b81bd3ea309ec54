// SPDX-License-Identifier: Apache-2.0
/**
 * The binding {@code jna}, for programs that have JNA. {@code JnaLinuxCalls} makes calls through
 * {@code JnaLibC}, whose methods JNA maps directly and which takes addresses; {@code
 * JnaWindowsCalls} through {@code JnaWin32}, an interface that JNA implements. JNA keeps the error
 * of the last call for each thread.
 */
@NullMarked
package io.tcptable.internal.binding.jna;

import org.jspecify.annotations.NullMarked;
