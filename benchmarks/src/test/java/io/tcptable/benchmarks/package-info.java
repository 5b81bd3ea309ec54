@NullMarked
package io.tcptable.benchmarks;

import org.jspecify.annotations.NullMarked;
