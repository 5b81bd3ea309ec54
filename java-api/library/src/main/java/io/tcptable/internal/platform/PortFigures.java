// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.util.List;

/**
 * Who may have which port. A number below zero is not known.
 *
 * @param lowestLocal the first port that outgoing connections are given
 * @param highestLocal the last one
 * @param reserved ports that they are not given: first and last of each range in turn
 * @param firstUnprivileged the first port that anybody may bind
 * @param excluded ports that nobody is given: first and last of each range in turn
 */
public record PortFigures(
    int lowestLocal,
    int highestLocal,
    List<Integer> reserved,
    int firstUnprivileged,
    List<Integer> excluded) {}
