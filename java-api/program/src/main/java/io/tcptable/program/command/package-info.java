// SPDX-License-Identifier: Apache-2.0
/**
 * The frame of all commands: {@link io.tcptable.program.command.Command} with the standard options,
 * words parsed by {@link io.tcptable.program.command.Arguments}, errors said by {@link
 * io.tcptable.program.command.Failures}, {@link io.tcptable.program.command.ExitCode} and advice in
 * the words of the program.
 */
@NullMarked
package io.tcptable.program.command;

import org.jspecify.annotations.NullMarked;
