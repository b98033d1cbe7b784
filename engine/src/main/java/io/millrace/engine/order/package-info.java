/**
 * Orders of keys, and keys spread over partitions by their order.
 *
 * <p><b>In</b> comparators, chunks of pairs. <b>Out</b> bounds, and the partition of a key. <b>Thread</b> any; a sample
 * belongs to one worker. <b>Does not know</b> datasets, nor who sorts.
 */
package io.millrace.engine.order;
