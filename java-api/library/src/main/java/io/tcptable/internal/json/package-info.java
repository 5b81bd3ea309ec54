// SPDX-License-Identifier: Apache-2.0
/**
 * JSON, without a library.
 *
 * <pre>
 * JsonText                    reads that of others: health answers, files of container runtimes
 * JsonDocument, Fields        write the answers of the schemas that are documented
 * JsonWriter                  escapes and commas
 * SchemaNames                 the names in JSON and CSV that differ from those of the API
 * </pre>
 */
@NullMarked
package io.tcptable.internal.json;

import org.jspecify.annotations.NullMarked;
