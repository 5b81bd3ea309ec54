// SPDX-License-Identifier: Apache-2.0
/**
 * Asks a server whether it is healthy: {@link io.tcptable.health.HealthProbe}.
 *
 * <pre>
 * HealthProbe, HealthResult      the request, and what came of it: an attempt at each address
 * ProbeUrl, Expectation          what is asked, and which answer is healthy: JsonSubset
 * ProbeRun, ProbeAttempt         all attempts at once; one of them
 * HostLookup, ProbeClock         the addresses of the host, and the time that is left
 * ProbeSocket, AnyCertificate    the connection, plain or by TLS
 * ResponseReader, HttpResponse   one response of HTTP/1.1, byte by byte
 * ProbeOutcome, ProbeFailure     how an attempt ended, and what a failed call means
 * AcceptedConnection             whether the application has accepted, or the kernel alone
 * TlsGreeting, OtherWay          whether TLS was expected the other way round
 * </pre>
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.health;

import org.jspecify.annotations.NullMarked;
