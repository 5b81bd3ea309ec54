// SPDX-License-Identifier: Apache-2.0
/**
 * The Windows part against a real implementation of the Windows API, that of Wine: the packaged
 * program on a JVM for Windows, and single parts by way of a bridge that makes the calls for a JVM
 * of this system.
 *
 * <p>What is tagged {@code once} runs on the newest JDK only: the calls are made in C, and the Java
 * that asks for them is the same on every JDK. The providers of the calls are tried on each.
 */
@NullMarked
package io.tcptable.windows;

import org.jspecify.annotations.NullMarked;
