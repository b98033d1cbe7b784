/**
 * A disk in memory that fails and loses as real ones do, for the tests of ours and of users.
 *
 * <p><b>In</b> the calls of a {@link io.millrace.checkpoint.file.FileStore}, faults, a seed. <b>Out</b> what would be left.
 * <b>Thread</b> any. <b>Files</b> none. <b>Does not know</b> what the bytes mean.
 */
package io.millrace.checkpoint.simulation;
