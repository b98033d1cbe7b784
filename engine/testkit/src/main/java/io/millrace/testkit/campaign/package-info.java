/**
 * Recovery, for hours: games against the simulated disk, and a real process that is killed again and again; called by {@code
 * scripts/campaign}.
 *
 * <p><b>In</b> for how long, from which seed, a folder to work in. <b>Out</b> what was done and what went wrong, as text and as the files of a
 * report. <b>Thread</b> the caller's. <b>Files</b> those of the folder. <b>Does not know</b> what a checkpoint looks like.
 */
package io.millrace.testkit.campaign;
