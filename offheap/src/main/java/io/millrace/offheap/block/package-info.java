/**
 * Records that wait for their batch: slabs that one thread fills while others read, and blocks of slab slices.
 *
 * <p><b>In</b> records, from one writer per slab; or the bytes of a whole block in the documented format. <b>Out</b> blocks,
 * read a chunk at a time. <b>Thread</b> a slab has one writer and any readers; the pool serves any thread; a reader has
 * one owner. <b>Files</b> none. <b>Does not know</b> receivers, rings, clocks, batches.
 */
package io.millrace.offheap.block;
