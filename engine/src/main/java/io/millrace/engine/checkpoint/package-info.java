/**
 * What a run leaves on disk, and how the next one goes on with it: a log of batches, each planned with its exact input before it is run and
 * committed when it is over; what operators remember, as changes in the log and now and then as a whole.
 *
 * <p><b>In</b> batches, as they are planned and run; what operators have changed. <b>Out</b> a run that begins where the last one was
 * committed. <b>Thread</b> the job thread; the starting thread before it. <b>Files</b> those of {@code checkpoint/docs/file-format.md},
 * with the frames of {@link io.millrace.engine.checkpoint.LogFrame}. <b>Does not know</b> what outputs do.
 */
package io.millrace.engine.checkpoint;
