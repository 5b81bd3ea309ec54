// SPDX-License-Identifier: Apache-2.0
/**
 * The seam between tcptable and an operating system: one interface per system, each method one
 * system call under its manual name, and the choice of who provides it.
 *
 * <p>A provider knows the seam and nothing else; it is found by its class name, so that the seam
 * knows no provider either and a missing library costs one reason instead of an error.
 *
 * <p>From Java 24 on, the JDK warns of native access that was not enabled. On the class path that
 * is {@code --enable-native-access=ALL-UNNAMED}, whatever the provider; on the module path, {@code
 * io.tcptable} for FFM and JNI, {@code com.sun.jna} for JNA, {@code org.jnrproject.jffi} for
 * jnr-ffi. The latter also wants {@code --add-modules ALL-MODULE-PATH}, {@code --add-exports
 * io.tcptable/io.tcptable.internal.binding.jnr=ALL-UNNAMED}, and on Java 24 and later {@code
 * --sun-misc-unsafe-memory-access=allow} to be quiet. {@code tcptable-native} is the module {@code
 * io.tcptable.natives}, needed by name as nothing requires it.
 */
@NullMarked
package io.tcptable.internal.binding;

import org.jspecify.annotations.NullMarked;
