// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured of ports over time: the one source of names and values for Micrometer, the
 * program's {@code export} and a health indicator.
 *
 * <pre>
 * TcpMetric                               what is measured: name, unit, description
 * MetricsSource                           reads all of it, by one snapshot
 * MetricsReading, MetricSample            what was read
 * PortFigures, QueueFill, ServerCount     the figures of one port
 * </pre>
 */
@NullMarked
package io.tcptable.internal.metrics;

import org.jspecify.annotations.NullMarked;
