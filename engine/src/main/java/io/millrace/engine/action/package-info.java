/**
 * What actions gather from the records of a partition: values, lists, sums, counts.
 *
 * <p><b>In</b> chunks of one partition. <b>Out</b> what it came to. <b>Thread</b> one worker per object. <b>Does not know</b>
 * datasets, nor how the results of several partitions come together.
 */
package io.millrace.engine.action;
