package io.millrace.offheap.codec;

/** Bytes that should be a record are not one that this program can read. */
public class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * About some bytes.
     *
     * @param message what they claim, and what was expected
     */
    public UnreadableRecordException(String message) {
        super(message);
    }

    UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
