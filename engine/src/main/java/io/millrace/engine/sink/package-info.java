/**
 * Where batches leave: one driver per kind of output.
 *
 * <p><b>In</b> a batch as a dataset, and its delivery. <b>Out</b> standard output, directories of files that are to be
 * published, or the user's body. <b>Thread</b> the job thread. <b>Does not know</b> how the dataset is computed.
 */
package io.millrace.engine.sink;
