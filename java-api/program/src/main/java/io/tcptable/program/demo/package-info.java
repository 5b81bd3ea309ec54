// SPDX-License-Identifier: Apache-2.0
/**
 * {@code tcptable demo}: a broken server, and the commands that repair it. Its backends run in
 * processes of their own and need only the JDK.
 */
@NullMarked
package io.tcptable.program.demo;

import org.jspecify.annotations.NullMarked;
