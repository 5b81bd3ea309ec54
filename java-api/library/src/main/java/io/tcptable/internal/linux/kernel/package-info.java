// SPDX-License-Identifier: Apache-2.0
/**
 * What every part of Linux needs: error numbers by name, and {@code /proc} read by system calls.
 */
@NullMarked
package io.tcptable.internal.linux.kernel;

import org.jspecify.annotations.NullMarked;
