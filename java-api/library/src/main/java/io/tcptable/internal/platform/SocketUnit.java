// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.util.Optional;

/**
 * What a service manager calls a socket that it has opened for a service.
 *
 * @param name of the socket
 * @param service that it starts at the first connection; empty if it is another one for each
 */
public record SocketUnit(String name, Optional<String> service) {}
