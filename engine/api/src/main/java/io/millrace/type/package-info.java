/**
 * The logical types of records.
 *
 * <p><b>In</b> classes and values. <b>Out</b> {@link io.millrace.type.RecordType}s, immutable. <b>Thread</b> any.
 * <b>Does not know</b> functions, lanes, plans.
 */
package io.millrace.type;
