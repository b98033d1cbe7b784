package io.millrace.api;

/** Something went wrong while a program ran. Unchecked; the more telling ones extend it. */
public class MillraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MillraceException(String message) {
        super(message);
    }

    public MillraceException(String message, Throwable cause) {
        super(message, cause);
    }
}
