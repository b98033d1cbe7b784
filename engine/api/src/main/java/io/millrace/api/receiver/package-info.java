/**
 * Sources that a program writes itself.
 *
 * <p><b>In</b> records, from the program's own threads, through {@link io.millrace.api.receiver.Receiver}. <b>Out</b> the same
 * records, to the {@link io.millrace.api.receiver.Inlet} that the engine attached. <b>Thread</b> any.
 * <b>Does not know</b> rings, blocks, batches.
 */
package io.millrace.api.receiver;
