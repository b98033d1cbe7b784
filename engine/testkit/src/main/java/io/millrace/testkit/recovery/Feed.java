package io.millrace.testkit.recovery;

/** How records come to a program. */
enum Feed {
    /** Offered, and gone with the process unless they are in a committed batch. */
    PUSHED,
    /** Offered, and written to a log: certain once the engine was at rest behind a batch. */
    LOGGED,
    /** Several at a time by a receiver, and written to a log: certain once the store has returned. */
    STORED,
    /** Read from files, which are there for good. */
    FILES;

    boolean isLogged() {
        return this == LOGGED || this == STORED;
    }

    /** Whether a batch that is run again has the records that it had. */
    boolean isReplayed() {
        return this != PUSHED;
    }
}
