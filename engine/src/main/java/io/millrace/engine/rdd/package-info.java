/**
 * Datasets as programs see them: transformations, which name rows, and actions, which read them.
 *
 * <p><b>In</b> calls of programs, with their functions. <b>Out</b> datasets, and records to the program. <b>Thread</b> whoever
 * calls. <b>Does not know</b> streams, when batches begin, or how rows are made.
 */
package io.millrace.engine.rdd;
