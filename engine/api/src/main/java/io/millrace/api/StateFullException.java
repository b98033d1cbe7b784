package io.millrace.api;

/**
 * Keyed state has no room for what a batch wants to remember: a bound of the program's or of the configuration forbids it, or
 * the disk is full. The batch fails and the state is as it was before it. The message says what would make room.
 */
public final class StateFullException extends MillraceException {
    private static final long serialVersionUID = 1L;

    public StateFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
