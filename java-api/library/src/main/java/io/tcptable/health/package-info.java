// SPDX-License-Identifier: Apache-2.0
/**
 * Asks a server whether it is healthy: {@link io.tcptable.health.HealthProbe}. *
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.health;

import org.jspecify.annotations.NullMarked;
