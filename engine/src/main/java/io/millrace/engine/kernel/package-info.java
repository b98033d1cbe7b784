/**
 * Loops over slots: what becomes of a key's values.
 *
 * <p><b>In</b> slot numbers and a column. <b>Out</b> one value per slot. <b>Thread</b> one worker per fold. <b>Does not
 * know</b> keys, partitions, batches.
 */
package io.millrace.engine.kernel;
