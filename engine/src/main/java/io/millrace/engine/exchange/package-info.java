/**
 * Where rows change hands: partial results of each writer, merged by the owner of each partition.
 *
 * <p><b>In</b> chunks, from each worker into its own partial. <b>Out</b> partitions of merged rows. <b>Thread</b> one writer
 * per partial, one owner per partition, a barrier between. <b>Does not know</b> who plans or schedules it.
 */
package io.millrace.engine.exchange;
