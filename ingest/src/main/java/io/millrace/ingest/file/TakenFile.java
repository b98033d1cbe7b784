package io.millrace.ingest.file;

/**
 * A file that a ledger knows, or a batch was planned with.
 *
 * @param file as it was then
 * @param digest of it then; null for a file that was there at the start and was never read
 * @param batchMs the time of the batch that took it; {@link #NEVER} where none did
 * @param isToldOf that it was changed afterwards was told already
 */
record TakenFile(FileStamp file, FileDigest digest, long batchMs, boolean isToldOf) {
    static final long NEVER = Long.MIN_VALUE;

    /** A file that a batch takes now. One that cannot be read is taken all the same: its batch fails and names it, later ones go on. */
    static TakenFile by(FileStamp file, long batchMs) {
        return new TakenFile(file, FileDigest.ifReadable(file), batchMs, false);
    }

    /** A file of a dataset, which is not looked into. */
    static TakenFile ofNoBatch(FileStamp file) {
        return new TakenFile(file, FileDigest.UNKNOWN, NEVER, false);
    }

    /** A file that was there already. */
    static TakenFile neverRead(FileStamp file) {
        return new TakenFile(file, null, NEVER, false);
    }

    /** The same file as it is now. */
    TakenFile as(FileStamp now) {
        return new TakenFile(now, digest, batchMs, isToldOf);
    }

    /** The same file as it is now, changed, which was told. */
    TakenFile changedTo(FileStamp now) {
        return new TakenFile(now, digest, batchMs, true);
    }
}
