/**
 * How records get from the one thread that receives them to the one that batches them: a Disruptor ring of slabs, not of
 * records.
 *
 * <p><b>In</b> records, from one writer. <b>Out</b> slices of slabs, to one consumer that polls. <b>Thread</b> one producer
 * (or several behind one lock), one consumer; neither ever waits for the other. <b>Does not know</b> blocks, batches,
 * sources. The only door to the Disruptor in this module.
 */
package io.millrace.ingest.ring;
