package io.millrace.ingest.file;

import io.millrace.offheap.memory.MemoryLedger;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What reading files needs to be given.
 *
 * @param ledger the account that windows over files are taken from
 * @param partitionBytes a file that can be split is read in partitions of at most so many bytes
 * @param windowBytes how much of a file a reader holds at once; more only for a record that is longer
 * @param maxRecordBytes the longest record; a longer line is told and left out
 * @param warnings told of what was left out; called on the reading threads
 */
public record FileReading(
        MemoryLedger ledger, long partitionBytes, int windowBytes, int maxRecordBytes, Consumer<String> warnings) {
    /** How much of a file a reader holds at once, where nobody asks for something else. */
    public static final int DEFAULT_WINDOW_BYTES = 256 << 10;

    /** The smallest window. */
    public static final int MIN_WINDOW_BYTES = 64;

    /** Refuses what cannot work. */
    public FileReading {
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(warnings, "warnings");
        if (partitionBytes < 1 || windowBytes < MIN_WINDOW_BYTES || maxRecordBytes < 1) {
            throw new IllegalArgumentException("files read in partitions of " + partitionBytes + " bytes, windows of "
                    + windowBytes + ", records of up to " + maxRecordBytes + "; expected at least 1, "
                    + MIN_WINDOW_BYTES + " and 1");
        }
    }

    /** The same in partitions of another size. */
    FileReading withPartitionBytes(long bytes) {
        return new FileReading(ledger, bytes, windowBytes, maxRecordBytes, warnings);
    }
}
