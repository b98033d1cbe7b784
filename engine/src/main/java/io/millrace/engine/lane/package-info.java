/**
 * Recognised functions, a chunk at a time, over the lane they are made for: {@code LaneOperator} says which have a loop.
 *
 * <p><b>In</b> chunks. <b>Out</b> chunks over the same bytes, or of columns the loops fill. <b>Thread</b> one worker per step.
 * <b>Does not know</b> blocks, partitions, batches; who does not fit goes to the generic chain.
 */
package io.millrace.engine.lane;
