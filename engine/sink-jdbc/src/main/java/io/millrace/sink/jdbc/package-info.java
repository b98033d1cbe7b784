/**
 * Batches into a database, each exactly once: the batch's rows and a row that names the batch are committed together.
 *
 * <p><b>In</b> the dataset and the time of a batch. <b>Out</b> one transaction. <b>Thread</b> the job thread; waits on it between
 * attempts. <b>Files</b> none. <b>Does not know</b> the engine, checkpoints, which database it is.
 */
package io.millrace.sink.jdbc;
