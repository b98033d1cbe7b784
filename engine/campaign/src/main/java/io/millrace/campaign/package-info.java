/**
 * Recovery, for hours: games against the simulated disk, real processes that are killed, a real file system whose power is cut, operations
 * of the disk that fail, files that are damaged; called by {@code scripts/campaign}.
 *
 * <p><b>In</b> for how long, from which seed, a folder to work in. <b>Out</b> what was done and what went wrong, as text and as the files of a
 * report. <b>Thread</b> the caller's. <b>Files</b> those of the folder. <b>Does not know</b> what is in the files of a checkpoint.
 */
package io.millrace.campaign;
