// SPDX-License-Identifier: Apache-2.0
/** Meters of TCP ports for Micrometer: {@link io.tcptable.micrometer.TcpPortMetrics}. */
@NullMarked
package io.tcptable.micrometer;

import org.jspecify.annotations.NullMarked;
