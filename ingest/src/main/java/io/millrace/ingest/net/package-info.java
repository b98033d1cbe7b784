/**
 * The network, as far as ingest needs it: one outgoing connection that is read without blocking.
 *
 * <p><b>In</b> an address. <b>Out</b> bytes, straight into the reader's buffer. <b>Thread</b> one reader per connection.
 * <b>Does not know</b> lines, slabs, restarts.
 */
package io.millrace.ingest.net;
