/**
 * What a run is measured with: marks of time, CPU and allocation, and their way into one line of JSON.
 *
 * <p><b>In</b> marks, at the ends of batches. <b>Out</b> medians and spreads. <b>Thread</b> any. <b>Does not know</b> what was
 * running.
 */
package io.millrace.jmh.measure;
