/** The program: one class a command. */
@NullMarked
package io.tcptable.cli;

import org.jspecify.annotations.NullMarked;
