/**
 * Plain functions, a row at a time: a run of them becomes one loop with classes of its own.
 *
 * <p><b>In</b> chunks. <b>Out</b> chunks, of observed columns. <b>Thread</b> one worker per chain. <b>Does not know</b>
 * blocks, partitions, batches.
 */
package io.millrace.engine.row;
