/**
 * The program's records, as far as they become bytes: which classes may, and what a pair is.
 *
 * <p><b>In</b> a configuration. <b>Out</b> the classes, to whoever makes a codec. <b>Thread</b> any; everything is immutable.
 * <b>Does not know</b> where bytes go.
 */
package io.millrace.ingest.record;
