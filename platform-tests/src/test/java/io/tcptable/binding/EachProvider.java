// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that takes the calls of each provider in turn. (Of a parameterized class, the build would
 * say that it ran no test.)
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@MethodSource("io.tcptable.binding.Providers#named")
@interface EachProvider {}
