// SPDX-License-Identifier: Apache-2.0
/** What a snapshot may cost where it does not depend on how busy the machine is. */
@NullMarked
package io.tcptable.budget;

import org.jspecify.annotations.NullMarked;
