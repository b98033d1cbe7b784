/**
 * Off-heap memory and the account of it.
 *
 * <p><b>In</b> requests for bytes, each with a {@link io.millrace.offheap.memory.MemoryUse}. <b>Out</b> regions of
 * direct memory, or a refusal. <b>Thread</b> the ledger serves any thread; a region has one owner.
 * <b>Files</b> none. <b>Does not know</b> rows, keys, blocks, batches.
 */
package io.millrace.offheap.memory;
