// SPDX-License-Identifier: Apache-2.0
/**
 * {@code tcptable list}: sockets as a table, JSON or CSV. The table and the order of sockets serve
 * {@code diagnose} and {@code drop}, too.
 */
@NullMarked
package io.tcptable.program.list;

import org.jspecify.annotations.NullMarked;
