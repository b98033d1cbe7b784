/**
 * The sources: how each kind of spec becomes records in a ring, or a range of rows that a batch reads.
 *
 * <p><b>In</b> a spec, from the plan; bytes and records, from outside. <b>Out</b> blocks, to the engine that cuts; ranges, to the
 * engine that pulls. <b>Thread</b> one driver thread per source that pushes, or the caller's; one consumer. <b>Does not
 * know</b> batches, operators.
 */
package io.millrace.ingest.source;
