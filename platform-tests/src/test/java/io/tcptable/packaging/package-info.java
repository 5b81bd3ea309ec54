// SPDX-License-Identifier: Apache-2.0
/**
 * The library as applications take it: the small one of {@code platform-tests/application}, built
 * with one dependency, on the class path, on the module path, in an image of jlink and in fat jars.
 */
@NullMarked
package io.tcptable.packaging;

import org.jspecify.annotations.NullMarked;
