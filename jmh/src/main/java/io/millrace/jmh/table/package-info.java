/**
 * Keys to running sums: key index and slots, beside maps.
 *
 * <p><b>In</b> rows of keys. <b>Out</b> sums. <b>Thread</b> one. <b>Does not know</b> partitions, batches.
 */
package io.millrace.jmh.table;
