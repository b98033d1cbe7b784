package io.millrace.ingest.file;

import java.util.Collection;

/**
 * What a stream of files has to remember across a restart.
 *
 * @param isStarted what was there at the start was looked at
 * @param byWindow the rule by which files were chosen
 * @param oldestMs files that were there at the start and were modified then, or before, are not new
 * @param lastBatchMs the last batch that took its share; {@link TakenFile#NEVER} before the first
 * @param files that were taken, or were there at the start
 */
record FileLedger(boolean isStarted, boolean byWindow, long oldestMs, long lastBatchMs, Collection<TakenFile> files) {
    private static final int VERSION = 1;
    private static final int IS_STARTED = 1;
    private static final int BY_WINDOW = 2;

    byte[] toBytes() {
        FileEntryWriter out = new FileEntryWriter();
        out.putByte(VERSION);
        out.putByte((isStarted ? IS_STARTED : 0) | (byWindow ? BY_WINDOW : 0));
        out.putLong(oldestMs);
        out.putLong(lastBatchMs);
        out.putInt(files.size());
        files.forEach(out::putFile);
        return out.bytes();
    }

    /** @throws io.millrace.ingest.UnreadableInputException if the bytes are not those of a ledger */
    static FileLedger of(byte[] bytes) {
        FileEntryReader in = new FileEntryReader("a ledger of files", bytes);
        in.readVersion(VERSION);
        int flags = in.readByte();
        return new FileLedger(
                (flags & IS_STARTED) != 0, (flags & BY_WINDOW) != 0, in.readLong(), in.readLong(), in.readFiles());
    }

    /**
     * The same for a program that chooses files by the other rule. One that goes by identity knows of the files that a window did
     * not choose only by their time.
     */
    FileLedger forRule(boolean nextByWindow, long windowMs) {
        if (byWindow == nextByWindow) {
            return this;
        }
        if (nextByWindow || lastBatchMs == TakenFile.NEVER) {
            return new FileLedger(isStarted, nextByWindow, Math.max(0, oldestMs), lastBatchMs, files);
        }
        return new FileLedger(false, false, Math.max(oldestMs, lastBatchMs - windowMs), lastBatchMs, files);
    }
}
