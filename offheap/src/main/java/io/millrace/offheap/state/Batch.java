package io.millrace.offheap.state;

import org.agrona.concurrent.UnsafeBuffer;

/** The batch under way: its time, its number, and the entries that it changed, as they were. Thread: the store's owner. */
final class Batch implements AutoCloseable {
    private final String operator;
    private final Entries entries;
    private final ValueForm values;
    private final UpdateTimes times;
    private final UndoLog log;
    private boolean isUnderWay;
    private long now;
    private int stamp;

    Batch(String operator, Room room, Entries entries, ValueForm values, UpdateTimes times) {
        this.operator = operator;
        this.entries = entries;
        this.values = values;
        this.times = times;
        this.log = new UndoLog(room);
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    /** Its time, milliseconds. */
    long now() {
        return now;
    }

    /** Its number, modulo 4096. */
    int stamp() {
        return stamp;
    }

    void begin(long batchTimeMs) {
        if (isUnderWay) {
            throw new IllegalStateException(
                    "a batch of the state of '" + operator + "' is under way; commit it or roll it back first");
        }
        isUnderWay = true;
        now = batchTimeMs;
        stamp = stamp + 1 & Entry.MAX_STAMP;
    }

    /** Throw unless one is under way. */
    void require() {
        if (!isUnderWay) {
            throw new IllegalStateException(
                    "no batch of the state of '" + operator + "' is under way; begin one first");
        }
    }

    // ---- what it changes ----

    /** Have room in the log for some more entries; what the ledger refuses is made room for. */
    void ensure(int more) {
        log.ensure(more);
    }

    /** Log an entry that the batch has made. Room was ensured. */
    void made(int handle) {
        log.append(handle, 0, 0, 0);
    }

    /** Log an entry as it is, if that was not yet done in this batch; its meta from now on. Room was ensured. */
    long logged(int handle, UnsafeBuffer page, int at) {
        require();
        long meta = page.getLong(at + Entry.META);
        if ((meta & Entry.TOUCHED) == 0) {
            log.append(handle, page.getInt(at + Entry.PINS), page.getLong(at + Entry.VALUE), meta);
            meta |= Entry.TOUCHED;
            page.putLong(at + Entry.META, meta);
        }
        return meta;
    }

    /** Tell a scan what is about to be kept. */
    void showChanges(StoreScan scan) {
        for (int change = 0; change < changes(); change++) {
            scan.changed(changed(change), Entry.tag(metaBefore(change)), wordBefore(change));
        }
    }

    /** How many entries it changed, touched, pinned or made. */
    int changes() {
        return log.size();
    }

    /** One of them. */
    int changed(int change) {
        return log.handle(change);
    }

    /** Some of them, from one on: the handles, and what words and metas were before. */
    void load(int from, int count, int[] handles, long[] words, long[] metas) {
        log.load(from, count, handles, words, metas);
    }

    /** What its meta was before the batch; 0 if the batch has made it. */
    long metaBefore(int change) {
        return log.meta(change);
    }

    /** What its value's word was before the batch; a cell is still there. */
    long wordBefore(int change) {
        return log.value(change);
    }

    // ---- its end ----

    /** Keep what it did, and forget keys that it left without value and pins. */
    void keep() {
        for (int record = 0; record < log.size(); record++) {
            keep(record);
        }
        end();
    }

    /** Whether to keep a change is no more than to mark it as kept. */
    static boolean isOfNumbers(long meta, long metaBefore) {
        int tag = Entry.tag(meta);
        return tag != Entry.NONE && !Entry.isElsewhere(tag) && !Entry.isElsewhere(Entry.tag(metaBefore));
    }

    /** Keep such a change ahead of {@link #keep()}, which has to follow, or {@link #undo}. */
    void keepNumber(int change, UnsafeBuffer page, int at, long meta) {
        page.putLong(at + Entry.META, meta & ~Entry.TOUCHED);
        log.setMeta(change, log.meta(change) | Entry.TOUCHED);
    }

    private void keep(int record) {
        if ((log.meta(record) & Entry.TOUCHED) != 0) {
            return; // already done
        }
        int handle = log.handle(record);
        UnsafeBuffer page = entries.page(handle);
        int at = Entries.at(handle);
        long meta = page.getLong(at + Entry.META);
        int oldTag = Entry.tag(log.meta(record));
        if (Entry.isElsewhere(oldTag) && ((meta & Entry.FRESH) != 0 || !Entry.isElsewhere(Entry.tag(meta)))) {
            values.free(oldTag, log.value(record));
        }
        page.putLong(at + Entry.META, meta & ~(Entry.TOUCHED | Entry.FRESH));
        if (Entry.tag(meta) == Entry.NONE) {
            times.unlinkIfLinked(handle);
            entries.forgetIfUnused(handle);
        }
    }

    /** Undo what it did: each key has the value, the time and the pins that it had. */
    void undo() {
        for (int record = log.size() - 1; record >= 0; record--) {
            restore(record);
        }
        end();
    }

    private void restore(int record) {
        int handle = log.handle(record);
        UnsafeBuffer page = entries.page(handle);
        int at = Entries.at(handle);
        long meta = page.getLong(at + Entry.META);
        long oldMeta = log.meta(record);
        if ((meta & Entry.FRESH) != 0) {
            values.free(Entry.tag(meta), page.getLong(at + Entry.VALUE));
        }
        entries.countChange(meta, Entry.tag(oldMeta));
        int stampNow = page.getInt(at + Entry.PINS) & ~Entry.MAX_PINS;
        page.putInt(at + Entry.PINS, stampNow | Entry.pins(log.pins(record)));
        page.putLong(at + Entry.VALUE, log.value(record));
        long kept = meta & (Entry.REGISTERED | Entry.LIVE | Entry.COPY);
        page.putLong(at + Entry.META, oldMeta & ~(Entry.REGISTERED | Entry.TOUCHED) | kept);
        times.unlinkIfLinked(handle);
        if (Entry.tag(oldMeta) != Entry.NONE) {
            times.register(handle);
        } else {
            entries.forgetIfUnused(handle);
        }
    }

    private void end() {
        log.clear();
        isUnderWay = false;
        times.batchEnded();
    }

    @Override
    public void close() {
        log.close();
    }
}
