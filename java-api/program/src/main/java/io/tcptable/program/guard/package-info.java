// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable guard}: starts a server, watches it and restarts it, one line an event. */
@NullMarked
package io.tcptable.program.guard;

import org.jspecify.annotations.NullMarked;
