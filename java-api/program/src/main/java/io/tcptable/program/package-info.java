// SPDX-License-Identifier: Apache-2.0
/**
 * The program {@code tcptable}: the answers of the library on a terminal, as JSON, CSV and
 * Markdown.
 *
 * <p>{@link io.tcptable.program.Main} runs one command and returns its exit code; {@link
 * io.tcptable.program.Program} names the commands and builds the one that was asked for. The rooms:
 *
 * <ul>
 *   <li>{@code command}: the frame that all commands share, their options, errors and exit codes
 *   <li>{@code terminal} and {@code json}: the two ways out
 *   <li>{@code foreign}: makes text that another process may have chosen safe to print
 *   <li>{@code list}, {@code diagnose}, {@code watch}, {@code restart}, {@code guard}, {@code
 *       record}, {@code report}, {@code drop}, {@code export}, {@code demo}: the commands. Each has
 *       a class of arguments ({@code ...Command}), one a form of output ({@code ...Text}, {@code
 *       ...Json}, ...) and its help ({@code ...Help})
 * </ul>
 *
 * <p>A room of a command knows these four, and they know none of it; a test holds that.
 */
@NullMarked
package io.tcptable.program;

import org.jspecify.annotations.NullMarked;
