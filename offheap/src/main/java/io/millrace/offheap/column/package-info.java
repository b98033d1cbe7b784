/**
 * Rows held by column, in chunks of up to {@link io.millrace.offheap.column.Chunk#MAX_ROWS} rows.
 *
 * <p><b>In</b> plain arrays and ranges of bytes, from whoever fills a chunk. <b>Out</b> the same, to loops over arrays; or
 * one row as the object it entered as. <b>Thread</b> a column belongs to one thread. <b>Files</b> none. <b>Does not
 * know</b> where rows come from, or what they mean.
 */
package io.millrace.offheap.column;
