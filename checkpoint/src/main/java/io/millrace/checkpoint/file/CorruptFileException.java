package io.millrace.checkpoint.file;

/** A file is not what was written. Nothing has been changed by finding it out. */
public final class CorruptFileException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final long expectedChecksum;
    private final long actualChecksum;

    /**
     * A file is damaged.
     *
     * @param code one of the constants of {@link CheckpointException}
     * @param damage where and what
     * @param advice what is safe, and what to do
     */
    public CorruptFileException(String code, Damage damage, String advice) {
        super(code, damage + "; nothing was changed; " + advice);
        this.file = damage.file();
        this.offset = damage.offset();
        this.expectedChecksum = damage.expectedChecksum();
        this.actualChecksum = damage.actualChecksum();
    }

    /**
     * Which file.
     *
     * @return its name in the directory
     */
    public String file() {
        return file;
    }

    /**
     * Where the first thing wrong was found.
     *
     * @return bytes from the file's beginning: of a checksum, where what it covers begins
     */
    public long offset() {
        return offset;
    }

    /**
     * The checksum that the file holds.
     *
     * @return a CRC32C; -1 if what is wrong is no checksum
     */
    public long expectedChecksum() {
        return expectedChecksum;
    }

    /**
     * The checksum of what was read.
     *
     * @return a CRC32C; -1 if what is wrong is no checksum
     */
    public long actualChecksum() {
        return actualChecksum;
    }
}
