/**
 * Datasets as programs see them: transformations, which name rows, and actions, which read them.
 *
 * <p><b>In</b> rows of a batch or of a list. <b>Out</b> records, to user code. <b>Thread</b> whoever calls an action, and the
 * core workers for it. <b>Does not know</b> plans, ticks, sources.
 */
package io.millrace.engine.rdd;
