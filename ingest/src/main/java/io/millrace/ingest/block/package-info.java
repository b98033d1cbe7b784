/**
 * Where a stream of records becomes blocks.
 *
 * <p><b>In</b> slab slices, from a ring. <b>Out</b> sealed blocks, to whoever cuts. <b>Thread</b> the consumer's: the
 * engine's conductor. <b>Files</b> none. <b>Does not know</b> batches, plans, operators, when to cut.
 */
package io.millrace.ingest.block;
