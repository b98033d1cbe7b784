package io.millrace.offheap.state;

/** The ways of a resident key out: written to the cold store, forgotten here, taken out there. Thread: the store's owner. */
final class Eviction {
    private final Entries entries;
    private final ValueForm values;
    private final UpdateTimes times;
    private final ColdTier cold;
    private final StoreView view;

    Eviction(Entries entries, ValueForm values, UpdateTimes times, ColdTier cold, StoreView view) {
        this.entries = entries;
        this.values = values;
        this.times = times;
        this.cold = cold;
        this.view = view;
    }

    /** Whether all must stay where it is. */
    boolean isFrozen() {
        return !cold.isThere() || isHeldBack();
    }

    /** Whether that is for somebody's sake who reads the cold store. */
    boolean isHeldBack() {
        return cold.isThere() && view.needsColdKeys();
    }

    /** Go on with the growth of cold stores; how many keys were moved. */
    int migrate(int atMost) {
        return cold.migrate(atMost);
    }

    /** Write a key with a value to the cold store; false if it cannot be there. */
    boolean tryFlush(int handle) {
        long meta = entries.meta(handle);
        boolean isNew = (meta & Entry.COPY) == 0;
        byte[] form = values.coldForm(meta, entries.word(handle));
        if (Entries.kindOf(handle) != ObjectKeys.KIND) {
            cold.put(Entries.kindOf(handle), entries.coldKeyOf(handle), form, isNew);
        } else if (!tryPutObject(handle, form, isNew)) {
            return false;
        }
        entries.written(handle);
        return true;
    }

    private boolean tryPutObject(int handle, byte[] form, boolean isNew) {
        byte[] key = entries.objects().safeColdKeyAt(Entries.slotOf(handle));
        if (key == null) {
            entries.setFlags(handle, Entry.HELD, 0);
            return false;
        }
        return cold.tryPutObject(entries.keyOf(handle), key, form, isNew);
    }

    /** Forget a key that the cold store has as it is; false if there is no room to note its time. */
    boolean tryEvict(int handle) {
        long meta = entries.meta(handle);
        if ((meta & Entry.LINKED) != 0) {
            if (!times.tryRecord(Entries.kindOf(handle), entries.coldKeyOf(handle), Entry.time(meta))) {
                return false;
            }
            times.unlink(handle);
        }
        view.leaves(handle);
        values.free(Entry.tag(meta), entries.word(handle));
        entries.evicted(handle);
        return true;
    }

    /** Take the copy of a key that has no value out of the cold store. */
    void bury(int handle) {
        if (Entries.kindOf(handle) == ObjectKeys.KIND) {
            cold.removeObject(entries.keyOf(handle));
        } else {
            cold.remove(Entries.kindOf(handle), entries.coldKeyOf(handle));
        }
        entries.buried(handle);
    }
}
