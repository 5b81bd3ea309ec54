// SPDX-License-Identifier: Apache-2.0
/**
 * What is measured of ports over time: the one source of names and values for Micrometer, the
 * program's {@code export} and a health indicator.
 */
@NullMarked
package io.tcptable.internal.metrics;

import org.jspecify.annotations.NullMarked;
