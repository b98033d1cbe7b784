/**
 * The sources that push: how each kind of spec becomes records in a ring.
 *
 * <p><b>In</b> a spec, from the plan; bytes and records, from outside. <b>Out</b> blocks, to the engine that cuts.
 * <b>Thread</b> one driver thread per source, or the caller's; one consumer. <b>Does not know</b> batches, operators.
 */
package io.millrace.ingest.source;
