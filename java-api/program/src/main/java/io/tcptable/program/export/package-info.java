// SPDX-License-Identifier: Apache-2.0
/** {@code tcptable export}: meters of ports for Prometheus, by the HTTP server of the JDK. */
@NullMarked
package io.tcptable.program.export;

import org.jspecify.annotations.NullMarked;
