/**
 * What the engine costs, and how punctual it is, when there is nothing to do.
 *
 * <p><b>In</b> a batch interval. <b>Out</b> one line of JSON per measurement. <b>Thread</b> the engine's own, and a probe.
 * <b>Does not know</b> reports.
 */
package io.millrace.jmh.idle;
