package io.millrace.checkpoint.file;

/** Another process owns the directory now. Nothing may be written any more; what it wrote stands. */
public final class FencedException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    FencedException(String message, Throwable cause) {
        super(FENCED, message, cause);
    }
}
