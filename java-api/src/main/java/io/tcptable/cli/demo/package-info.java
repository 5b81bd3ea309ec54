/** Backends to show the program on, each run in a process of its own; they need only the JDK. */
@NullMarked
package io.tcptable.cli.demo;

import org.jspecify.annotations.NullMarked;
