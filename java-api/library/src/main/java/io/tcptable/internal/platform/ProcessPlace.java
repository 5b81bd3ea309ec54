// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import org.jspecify.annotations.Nullable;

/**
 * Where a process runs. A number below zero is not known.
 *
 * @param unit the service of the system's supervisor
 * @param userUnit whether that service is one of a user's own supervisor
 * @param container runtime and ID of the container
 * @param networkNamespace the number of its network namespace
 * @param pidNamespace the number of its PID namespace
 */
public record ProcessPlace(
    @Nullable String unit,
    boolean userUnit,
    @Nullable String container,
    long networkNamespace,
    long pidNamespace) {}
