/**
 * What a worker works with: chunks, partitions, sinks, and what the program is told of the task.
 *
 * <p><b>In</b> partitions of rows. <b>Out</b> chunks, to a sink. <b>Thread</b> one worker per task. <b>Does not know</b> who
 * planned it, or when.
 */
package io.millrace.engine.task;
