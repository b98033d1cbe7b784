/**
 * Narrow operators: one loop per shape, beside loops that share their classes.
 *
 * <p><b>In</b> chunks. <b>Out</b> rows at the end of the chain. <b>Thread</b> one. <b>Does not know</b> plans, workers.
 */
package io.millrace.jmh.stage;
