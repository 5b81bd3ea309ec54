// SPDX-License-Identifier: Apache-2.0
/**
 * For JUnit 5 and 6: {@link io.tcptable.junit.NoLeakedSockets} fails a test that leaves sockets
 * open, {@link io.tcptable.junit.FreePort} gives it a port, and {@link
 * io.tcptable.junit.ExpectListening} waits for a server that it needs.
 */
@NullMarked
package io.tcptable.junit;

import org.jspecify.annotations.NullMarked;
