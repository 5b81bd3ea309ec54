// SPDX-License-Identifier: Apache-2.0
/** Backends to show the program on, each run in a process of its own; they need only the JDK. */
@NullMarked
package io.tcptable.program.demo;

import org.jspecify.annotations.NullMarked;
