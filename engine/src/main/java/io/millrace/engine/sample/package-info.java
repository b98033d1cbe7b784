/**
 * Records drawn at random: each with its chance, or exactly so many. The same seed draws the same.
 *
 * <p><b>In</b> records of a partition, or how many each partition has. <b>Out</b> those that are drawn. <b>Thread</b> one per
 * draw. <b>Does not know</b> datasets, nor what a record is.
 */
package io.millrace.engine.sample;
