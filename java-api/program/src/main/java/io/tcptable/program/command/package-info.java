// SPDX-License-Identifier: Apache-2.0
/** What all commands share: arguments, options, exit codes, failures. */
@NullMarked
package io.tcptable.program.command;

import org.jspecify.annotations.NullMarked;
