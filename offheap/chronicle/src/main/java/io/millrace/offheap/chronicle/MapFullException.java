package io.millrace.offheap.chronicle;

/** A map has no room for an entry, and is as before. Another map may have. */
final class MapFullException extends Exception {
    MapFullException(Throwable cause) {
        super(cause);
    }
}
