/**
 * Where a stream of records becomes blocks, where blocks that come as bytes become records, and the bytes of blocks for a log.
 *
 * <p><b>In</b> slab slices, from a ring; framed blocks, from a socket; bytes, from a log. <b>Out</b> sealed blocks, to whoever cuts;
 * rows, to a ring; bytes, for a log. <b>Thread</b> the consumer's, the engine's conductor, for cutting; the ring's writer for
 * frames; for a log one owner, whichever. <b>Files</b> none. <b>Does not know</b> batches, plans, operators, logs, when to cut.
 */
package io.millrace.ingest.block;
