package io.millrace.offheap.state;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Moves keys out of the resident table: one hand goes round all entries, writes those that were not asked for lately to the cold
 * store, and forgets them when there are too many. Nothing is written while the state uses less than half of its budget.
 *
 * <p>What counts as lately is learnt: it gets shorter when a whole round has not made enough room, and longer when there is room.
 */
final class Upkeep {
    private static final int MAX_PATIENCE = 64;
    /** Keys not asked for in so many batches are written ahead, before there are too many. */
    private static final int IDLE_BATCHES = 8;
    /** So many entries are looked at for each that is worked on. */
    private static final int LOOKS = 8;

    private static final int MOVED_IN_BATCH = 1024;

    private final long budget;
    private final Room room;
    private final Entries entries;
    private final Batch batch;
    private final Eviction eviction;
    private int kind;
    private int slot;
    private int patience = MAX_PATIENCE;
    /** Since the hand was last at its start. */
    private int workInRound;

    /** Nothing is left to do until a batch has changed something. */
    private boolean isDone;

    Upkeep(long budget, Room room, Entries entries, Batch batch, Eviction eviction) {
        this.budget = budget;
        this.room = room;
        this.entries = entries;
        this.batch = batch;
        this.eviction = eviction;
    }

    void batchEnded() {
        isDone = false;
    }

    boolean isOverBudget() {
        return room.usedBytes() > budget && !isDone && !eviction.isFrozen();
    }

    private long target() {
        return budget - budget / 8;
    }

    private boolean isOverTarget() {
        return room.usedBytes() > target();
    }

    int maintain(int atMost) {
        if (eviction.isFrozen()) {
            return 0;
        }
        int moved = eviction.migrate(atMost);
        if (isDone || room.usedBytes() <= budget / 2 && entries.tombstones() == 0) {
            return moved;
        }
        if (!isOverTarget()) {
            patience = Math.min(MAX_PATIENCE, 2 * patience + 1);
        }
        return moved + sweep(atMost);
    }

    private int sweep(int atMost) {
        int work = 0;
        int looks = 0;
        try {
            while (work < atMost && looks / LOOKS < atMost && !isDone) {
                looks++;
                if (!isAtEntry()) {
                    roundEnded();
                } else if (worksOn(entries.table(kind).handle(slot++), patience)) {
                    work++;
                    workInRound++;
                }
            }
        } catch (StoreFullException full) {
            // What is resident stays so; a batch that finds no room is told why.
            isDone = true;
        }
        return Math.max(work, looks);
    }

    private void roundEnded() {
        kind = 0;
        slot = 0;
        boolean isFruitless = workInRound == 0;
        workInRound = 0;
        if (!isOverTarget()) {
            isDone = isFruitless;
        } else if (patience > 0) {
            patience /= 2;
        } else {
            isDone = isFruitless;
        }
    }

    /** Move the hand to the next entry that somebody has; false if the round has ended. */
    private boolean isAtEntry() {
        while (kind < ColdTier.KINDS) {
            KeyTable table = entries.table(kind);
            int next = table == null ? -1 : table.pages.nextLive(slot);
            if (next >= 0) {
                slot = next;
                return true;
            }
            kind++;
            slot = 0;
        }
        return false;
    }

    /** Whether anything was done about a key: one that was last asked for fewer batches ago than least is left alone. */
    private boolean worksOn(int handle, int least) {
        UnsafeBuffer page = entries.page(handle);
        int at = Entries.at(handle);
        long meta = page.getLong(at + Entry.META);
        int pins = page.getInt(at + Entry.PINS);
        int age = Entry.age(pins, batch.stamp());
        int tag = Entry.tag(meta);
        if ((meta & Entry.TOUCHED) != 0 || tag == Entry.OBJECT) {
            return false;
        } else if (tag == Entry.NONE) {
            return buries(handle, meta, age, least);
        } else if (Entry.pins(pins) > 0 || (meta & Entry.HELD) != 0) {
            return false;
        }
        boolean isUnwritten = (meta & Entry.COPY) == 0 || (meta & Entry.DIRTY) != 0;
        if (!isOverTarget() && !batch.isUnderWay()) {
            return isUnwritten && age >= IDLE_BATCHES && room.usedBytes() > budget / 2 && eviction.tryFlush(handle);
        }
        if (age < least) {
            return false;
        }
        return (!isUnwritten || eviction.tryFlush(handle)) && eviction.tryEvict(handle);
    }

    private boolean buries(int handle, long meta, int age, int least) {
        boolean mayBe = (meta & Entry.COPY) != 0 && (age >= least || !batch.isUnderWay());
        if (mayBe) {
            eviction.bury(handle);
        }
        return mayBe;
    }

    /** The ledger has no more: move out keys that this batch has not asked for, whatever the budget; whether there were any. */
    boolean moveOutInBatch(long wantedBytes) {
        if (eviction.isFrozen()) {
            if (eviction.isHeldBack()) {
                throw room.coldIsRead(wantedBytes);
            }
            return false;
        }
        int moved = 0;
        int ends = 0;
        try {
            while (moved < MOVED_IN_BATCH && ends < 2) {
                if (!isAtEntry()) {
                    kind = 0;
                    slot = 0;
                    ends++;
                } else if (worksOn(entries.table(kind).handle(slot++), 1)) {
                    moved++;
                }
            }
        } catch (StoreFullException full) {
            throw room.coldIsFull(wantedBytes, full);
        }
        return moved > 0;
    }
}
