// SPDX-License-Identifier: Apache-2.0
/**
 * The program as users get it: the jar with everything inside, in a JVM of its own.
 *
 * <p>Needs root, util-linux and Python 3.
 */
@NullMarked
package io.tcptable.program;

import org.jspecify.annotations.NullMarked;
