/**
 * What types a program's functions declare, for whoever plans it.
 *
 * <p><b>In</b> function objects. <b>Out</b> {@link io.millrace.type.RecordType}s. <b>Thread</b> any, at planning time.
 * <b>Does not know</b> lanes, plan nodes, records.
 */
package io.millrace.plan.type;
