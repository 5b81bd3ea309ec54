// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that makes namespaces, mounts or control groups, or looks at others' processes. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.tcptable.binding.ForkedJvm#isRoot", disabledReason = "needs root")
public @interface NeedsRoot {}
