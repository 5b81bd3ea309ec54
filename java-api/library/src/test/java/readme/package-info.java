// SPDX-License-Identifier: Apache-2.0
/** What README.md shows, compiled and run as a user of the library would. */
@NullMarked
package readme;

import org.jspecify.annotations.NullMarked;
