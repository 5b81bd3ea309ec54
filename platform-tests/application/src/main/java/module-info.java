// SPDX-License-Identifier: Apache-2.0
/** A modular application: it requires the library and nothing else. */
module io.tcptable.application {
  requires io.tcptable;
}
