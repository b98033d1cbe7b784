package io.millrace.checkpoint.file;

/**
 * No space, no quota, no file numbers left. What was acknowledged is safe, and the work resumes when there is space: the caller
 * pauses its sources, lets {@link CheckpointDirectory#releaseReserve} make room for a manifest and retention, and tries again.
 */
public final class DiskFullException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    /**
     * The disk is full.
     *
     * @param what was tried, on which file
     * @param cause what the system said; or null
     */
    public DiskFullException(String what, Throwable cause) {
        super(
                DISK_FULL,
                what + "; what was acknowledged is safe; free space on this disk, and the work resumes by itself",
                cause);
    }
}
