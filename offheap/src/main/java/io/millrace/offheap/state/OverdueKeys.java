package io.millrace.offheap.state;

/** Finds the keys whose last update was before a time, resident or cold. Thread: the store's owner. */
final class OverdueKeys {
    private final Entries entries;
    private final Batch batch;
    private final UpdateTimes times;
    private final ColdTier cold;
    private final KeyFinder finder;

    OverdueKeys(Entries entries, Batch batch, UpdateTimes times, ColdTier cold, KeyFinder finder) {
        this.entries = entries;
        this.batch = batch;
        this.times = times;
        this.cold = cold;
        this.finder = finder;
    }

    /** The next ones that this batch was not yet given; 0 when none is left. */
    int next(long beforeMs, int[] into, int max) {
        int count = 0;
        while (count < max) {
            UpdateTimes.Bucket bucket = times.before(beforeMs);
            if (bucket == null) {
                break;
            }
            int handle = bucket.head() == UpdateTimes.NONE ? nextOfRecords(bucket, beforeMs) : unlinked(bucket.head());
            if (handle != UpdateTimes.NONE && isGiven(handle, beforeMs)) {
                into[count++] = handle;
            }
        }
        return count;
    }

    private int unlinked(int handle) {
        times.unlink(handle);
        return handle;
    }

    /** A resident key stands nowhere: let it stand with the given ones if it is overdue, else with its time. */
    private boolean isGiven(int handle, long beforeMs) {
        boolean isOverdue = entries.updatedMs(handle) < beforeMs;
        boolean exists = entries.exists(handle);
        if (isOverdue || !exists) {
            times.linkGiven(handle);
        } else {
            times.link(handle, entries.updatedMs(handle));
        }
        entries.mark(handle, batch.stamp());
        return isOverdue && exists;
    }

    /** The first recorded key, resident and standing nowhere; NONE if it was moved or is gone. The record is dropped. */
    private int nextOfRecords(UpdateTimes.Bucket bucket, long beforeMs) {
        RecordQueue records = bucket.records();
        KeyTable table = entries.table(records.kind());
        byte[] key = records.key();
        int slot = table.findCold(key);
        int handle = UpdateTimes.NONE;
        if (slot < 0) {
            handle = coldIfOverdue(table, key, beforeMs);
        } else if ((entries.meta(table.handle(slot)) & Entry.LINKED) == 0) {
            handle = table.handle(slot);
        }
        if (handle != UpdateTimes.NONE) {
            entries.setFlags(handle, 0, Entry.RECORDED);
        }
        records.drop();
        times.forgetIfEmpty(bucket);
        return handle;
    }

    private int coldIfOverdue(KeyTable table, byte[] key, long beforeMs) {
        byte[] form = cold.hasKeys(table.kind) ? cold.get(table.kind, key) : null;
        if (form == null) {
            return UpdateTimes.NONE;
        }
        long updated = Entry.time(ValueForm.coldMeta(form));
        if (updated < beforeMs) {
            return finder.handleOf(table.keyOf(key));
        }
        times.record(table.kind, key, updated);
        return UpdateTimes.NONE;
    }
}
