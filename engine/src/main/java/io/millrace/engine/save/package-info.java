/**
 * Datasets written to files: a directory for each dataset, a part file for each of its partitions.
 *
 * <p><b>In</b> rows, and a path. <b>Out</b> a directory that appears under its name when it is whole and published, and not before; until
 * then a publication, which can be described and found again. <b>Thread</b> whoever saves; parts are written by the core workers.
 * <b>Files</b> {@code NAME}, and beside it, hidden, what is not published, replaced or removed yet. <b>Does not know</b> batches, streams,
 * when to publish.
 */
package io.millrace.engine.save;
