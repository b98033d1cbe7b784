/**
 * A directory of files that survive a crash: the port to the disk, the file header, the frame, the lock and its owner.
 *
 * <p><b>In</b> names made of numbers, bytes. <b>Out</b> files whose every byte is under a checksum, or a refusal that names
 * file and offset. <b>Thread</b> a {@link io.millrace.checkpoint.file.FileStore} serves any thread, an open file one at a
 * time. <b>Files</b> LOCK, OWNER, FORMAT, RESERVE. <b>Does not know</b> what is in a frame.
 */
package io.millrace.checkpoint.file;
