package io.millrace.testkit.recovery;

/** How records come to a program. */
enum Feed {
    /** Offered, and gone with the process unless they are in a committed batch. */
    PUSHED,
    /** Offered, and written to a log: certain once the engine was at rest behind a batch. */
    LOGGED,
    /** Several at a time by a receiver, and written to a log: certain once the store has returned. */
    STORED,
    /** By a receiver, each with a position: certain when its batch is committed. */
    NUMBERED,
    /** The same, and written to a log: certain once that is acknowledged. */
    NUMBERED_LOGGED,
    /** Read from files, which are there for good. */
    FILES;

    boolean isLogged() {
        return this == LOGGED || this == STORED || this == NUMBERED_LOGGED;
    }

    /** Whether a batch that is run again has the records that it had. */
    boolean isReplayed() {
        return this != PUSHED && this != NUMBERED;
    }

    /** Whether the sender gives positions, and hears what is safe. */
    boolean isNumbered() {
        return this == NUMBERED || this == NUMBERED_LOGGED;
    }
}
