/**
 * How fast a receiver may store.
 *
 * <p><b>In</b> a rate, and a question per record. <b>Out</b> yes, or how long to wait. <b>Thread</b> the storing thread
 * asks, any thread sets the rate. <b>Does not know</b> records, rings, how to wait.
 */
package io.millrace.ingest.rate;
