// SPDX-License-Identifier: Apache-2.0
/**
 * The native libraries of tcptable, one for each platform that this artifact was built for. It
 * takes part in each run on whose module path it lies beside {@code io.tcptable}, which asks for
 * the service that it provides.
 */
module io.tcptable.natives {
  provides java.util.function.Supplier with
      io.tcptable.natives.NativeModule;
}
