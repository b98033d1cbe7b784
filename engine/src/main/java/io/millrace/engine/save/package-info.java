/**
 * Datasets written to files: a directory for each dataset, a part file for each of its partitions.
 *
 * <p><b>In</b> rows, and a path. <b>Out</b> a directory that appears under its name when it is whole, and not before.
 * <b>Thread</b> whoever saves; parts are written by the core workers. <b>Files</b> {@code NAME}, and while it is written
 * {@code .NAME.millrace-new}, while it is replaced {@code .NAME.millrace-old}, all in one directory. <b>Does not know</b>
 * batches, streams, when to publish.
 */
package io.millrace.engine.save;
