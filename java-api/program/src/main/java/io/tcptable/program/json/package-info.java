// SPDX-License-Identifier: Apache-2.0
/** What several commands print as JSON. */
@NullMarked
package io.tcptable.program.json;

import org.jspecify.annotations.NullMarked;
