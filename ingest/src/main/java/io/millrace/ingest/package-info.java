/**
 * From the outside world to a sealed block: what the whole room needs to know, and what it needs to be given.
 *
 * <p><b>In</b> settings ({@link io.millrace.ingest.IngestConfig}), ports ({@link io.millrace.ingest.IngestPorts}).
 * <b>Out</b> events ({@link io.millrace.ingest.IngestEvents}), counters ({@link io.millrace.ingest.SourceCounters}).
 * <b>Does not know</b> batches, plans, operators.
 */
package io.millrace.ingest;
