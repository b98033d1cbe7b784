package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.CheckpointException;

/**
 * The disk refused frames, and refused them again in another file. The journal takes nothing more. What was forced is safe; what
 * was not must not be acknowledged, and is found again only by chance.
 */
public final class JournalFailedException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    JournalFailedException(String message, Throwable cause) {
        super(IO_FAILED, message, cause);
    }
}
