package io.millrace.ingest;

import io.millrace.api.MillraceException;

/** Bytes in which an input was written down, for a log, are not what this program has written, or are of a later version. */
public final class UnreadableInputException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /**
     * About bytes of which nothing was taken.
     *
     * @param what they should be, such as {@code a ledger of files}
     * @param offset of the first that is wrong, from their beginning
     * @param wrong what is wrong there
     */
    public UnreadableInputException(String what, long offset, String wrong) {
        super(what + " is refused at byte " + offset + ": " + wrong);
    }

    /** As the other constructor, where another exception has said what is wrong. */
    public UnreadableInputException(String what, long offset, Throwable cause) {
        super(what + " is refused at byte " + offset + ": " + cause.getMessage(), cause);
    }
}
