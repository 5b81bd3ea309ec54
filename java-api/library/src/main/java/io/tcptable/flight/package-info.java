// SPDX-License-Identifier: Apache-2.0
/**
 * Events for JDK Flight Recorder: {@link io.tcptable.flight.ListenerEvents} for each listener, one
 * for each diagnosis, and one for each event of a watch. Nothing of it is loaded without the module
 * {@code jdk.jfr}, and nothing is read while no recording runs.
 *
 * <pre>
 * ListenerEvents                                what an application registers
 * DiagnosisRecord, WatchRecord                  write what a diagnosis or a watch has found
 * ListenerEvent, DiagnosisEvent, WatchEvent     the events
 * FlightModule                                  whether there is jdk.jfr
 * </pre>
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.flight;

import org.jspecify.annotations.NullMarked;
