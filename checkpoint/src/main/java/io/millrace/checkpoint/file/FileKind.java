package io.millrace.checkpoint.file;

/** What a file is for; the number in its header never changes. */
public enum FileKind {
    /** The identity of the directory. */
    FORMAT(1, CheckpointException.STATE_FILE_CORRUPT),
    /** Who has the directory. */
    OWNER(2, CheckpointException.STATE_FILE_CORRUPT),
    /** A manifest. */
    MANIFEST(3, CheckpointException.STATE_FILE_CORRUPT),
    /** A segment of the batch log. */
    BATCH_LOG(4, CheckpointException.BATCH_LOG_CORRUPT),
    /** A segment of a log of received blocks. */
    RECEIVED_LOG(5, CheckpointException.RECEIVED_LOG_CORRUPT),
    /** A sealed file of state. */
    STATE(6, CheckpointException.STATE_FILE_CORRUPT);

    private final int number;
    private final String corruptCode;

    FileKind(int number, String corruptCode) {
        this.number = number;
        this.corruptCode = corruptCode;
    }

    /**
     * Its number in the file header.
     *
     * @return 1 to 255
     */
    public int number() {
        return number;
    }

    /**
     * What damage to such a file is called.
     *
     * @return a code of {@link CheckpointException}
     */
    public String corruptCode() {
        return corruptCode;
    }
}
