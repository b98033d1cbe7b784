/**
 * A key's rows brought together: groups, and matches of two inputs.
 *
 * <p><b>In</b> rows that are partitioned by key. <b>Out</b> one row per key, or per match. <b>Thread</b> whoever reads the
 * partition. <b>Memory</b> a copy of the partition's values, and its keys. <b>Does not know</b> how the rows were spread.
 */
package io.millrace.engine.group;
