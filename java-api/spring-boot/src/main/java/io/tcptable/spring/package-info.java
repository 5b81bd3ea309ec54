// SPDX-License-Identifier: Apache-2.0
/**
 * For Spring Boot 3 and 4: who holds a busy port, meters, a health indicator, and the actuator's
 * endpoint {@code tcptable}. Each part is left out where its host is not on the class path.
 */
@NullMarked
package io.tcptable.spring;

import org.jspecify.annotations.NullMarked;
