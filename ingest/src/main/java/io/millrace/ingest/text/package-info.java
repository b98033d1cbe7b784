/**
 * Bytes into lines, in place.
 *
 * <p><b>In</b> bytes as they come, in pieces of any size. <b>Out</b> rows over the same bytes, published in the ring.
 * <b>Thread</b> the source's one writer. <b>Does not know</b> sockets, receivers, how to wait.
 */
package io.millrace.ingest.text;
