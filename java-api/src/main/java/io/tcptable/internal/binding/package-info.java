/**
 * The seam between tcptable and an operating system: one interface per system, each method one
 * system call under its manual name, and the choice of who provides it.
 *
 * <p>A provider knows the seam and nothing else; it is found by its class name, so that the seam
 * knows no provider either and a missing library costs one reason instead of an error.
 */
@NullMarked
package io.tcptable.internal.binding;

import org.jspecify.annotations.NullMarked;
