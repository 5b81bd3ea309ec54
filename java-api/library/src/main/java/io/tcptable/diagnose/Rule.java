// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.List;

/** Looks at all that was seen for one kind of fault. */
interface Rule {
  List<Finding> findings(Observations evidence);
}
