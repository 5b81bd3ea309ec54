// SPDX-License-Identifier: Apache-2.0
/**
 * Events for JDK Flight Recorder: {@link io.tcptable.flight.ListenerEvents} for each listener, one
 * for each diagnosis, and one for each event of a watch. Nothing of it is loaded without the module
 * {@code jdk.jfr}, and nothing is read while no recording runs.
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.flight;

import org.jspecify.annotations.NullMarked;
