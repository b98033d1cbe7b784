package io.millrace.ingest;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one source has seen since it was opened. Every count only grows.
 *
 * <p>Thread: readable from any thread at any time. The counts of records are written by the source's one writer (a plain
 * store each), restarts and errors by any thread.
 */
public final class SourceCounters {
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong ringFull = new AtomicLong();
    private final AtomicLong oversizedRecords = new AtomicLong();
    private final AtomicLong repairedRecords = new AtomicLong();
    private final AtomicLong duplicateRecords = new AtomicLong();
    private final AtomicLong restarts = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    /** Records accepted: each will be in exactly one block. */
    public long records() {
        return records.get();
    }

    /** Bytes of the accepted records: UTF-8 without line ends, 8 for a number, 0 for a record held as an object. */
    public long bytes() {
        return bytes.get();
    }

    /** How many times the source ran into a full ring or the memory cap and was slowed. */
    public long ringFull() {
        return ringFull.get();
    }

    /** Records longer than {@code millrace.maxRecordBytes}, which are in no block. */
    public long oversizedRecords() {
        return oversizedRecords.get();
    }

    /** Accepted records whose bytes were not UTF-8 and got U+FFFD in the place of what was wrong. */
    public long repairedRecords() {
        return repairedRecords.get();
    }

    /** Records that were sent again though they were stored before, and are in no further block. */
    public long duplicateRecords() {
        return duplicateRecords.get();
    }

    /** How many times the source started again after its first start. */
    public long restarts() {
        return restarts.get();
    }

    /** Errors reported, by the source itself or by the program's receiver. */
    public long errors() {
        return errors.get();
    }

    /** Writer: {@code rows} more records with {@code rowBytes} bytes together were accepted. */
    public void addRecords(long rows, long rowBytes) {
        records.lazySet(records.getPlain() + rows);
        bytes.lazySet(bytes.getPlain() + rowBytes);
    }

    /** Writer: the source ran into a full ring or the memory cap. */
    public void countRingFull() {
        ringFull.lazySet(ringFull.getPlain() + 1);
    }

    /** Writer: a record was left out because of its length. */
    public void countOversized() {
        oversizedRecords.lazySet(oversizedRecords.getPlain() + 1);
    }

    /** Writer: an accepted record was not UTF-8 and is now. */
    public void countRepaired() {
        repairedRecords.lazySet(repairedRecords.getPlain() + 1);
    }

    /** Writer: a record was dropped, because its position was stored before. */
    public void countDuplicate() {
        duplicateRecords.lazySet(duplicateRecords.getPlain() + 1);
    }

    /** Any thread: the source starts again. */
    public void countRestart() {
        restarts.incrementAndGet();
    }

    /** Any thread: an error was reported. */
    public void countError() {
        errors.incrementAndGet();
    }

    @Override
    public String toString() {
        return "records " + records() + ", bytes " + bytes() + ", ringFull " + ringFull() + ", oversized "
                + oversizedRecords() + ", repaired " + repairedRecords() + ", duplicates " + duplicateRecords()
                + ", restarts " + restarts() + ", errors " + errors();
    }
}
