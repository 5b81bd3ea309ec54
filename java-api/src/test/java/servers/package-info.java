/** Servers to be stopped, started and diagnosed, in processes of the tests' own. */
@NullMarked
package servers;

import org.jspecify.annotations.NullMarked;
