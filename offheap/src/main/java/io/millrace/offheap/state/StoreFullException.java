package io.millrace.offheap.state;

/**
 * Keyed state has no room for more, and must not take any: a cap forbids it, or the disk is full. What was asked for was not
 * done, and nothing is lost.
 */
public final class StoreFullException extends RuntimeException {
    /**
     * @param what has no room, how much there is, and the way out
     */
    public StoreFullException(String what) {
        super(what);
    }

    /**
     * @param what has no room, how much there is, and the way out
     * @param cause of it
     */
    public StoreFullException(String what, Throwable cause) {
        super(what, cause);
    }
}
