@NullMarked
package io.tcptable.diagnose;

import org.jspecify.annotations.NullMarked;
