// SPDX-License-Identifier: Apache-2.0
/**
 * Why does this port not answer? Evidence first, then findings, worst first.
 *
 * <p>{@link io.tcptable.health.HealthProbe} asks a server whether it is healthy.
 */
@NullMarked
package io.tcptable.diagnose;

import org.jspecify.annotations.NullMarked;
