package io.millrace.offheap.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which keys were updated when, roughly: each key with a value stands with one time, that of its last update or an earlier one.
 * A resident key is in the doubly linked list of its time, by links beside its entry; a cold one has left its bytes there.
 * Keys that were given in this batch stand in a list of their own until it ends. In a store that does not track times no key stands
 * anywhere.
 */
final class UpdateTimes implements AutoCloseable {
    static final int NONE = -1;

    private final Room room;
    private final Entries entries;
    private final boolean isKept;
    private final TreeMap<Long, Bucket> byTime = new TreeMap<>();
    private final List<Bucket> byNumber = new ArrayList<>();
    private final IntArrayList freeNumbers = new IntArrayList();
    private final Bucket given;

    /** The keys that stand with a time. */
    static final class Bucket {
        private final int number;
        private final long time;
        private int head = NONE;
        private final RecordQueue records;

        Bucket(int number, long time, Room room) {
            this.number = number;
            this.time = time;
            this.records = new RecordQueue(room);
        }

        /** A resident key, or {@link UpdateTimes#NONE}. */
        int head() {
            return head;
        }

        /** Cold keys; some may be resident again, or gone. */
        RecordQueue records() {
            return records;
        }

        private boolean isEmpty() {
            return head == NONE && records.isEmpty();
        }
    }

    UpdateTimes(Room room, Entries entries, boolean isKept) {
        this.room = room;
        this.entries = entries;
        this.isKept = isKept;
        given = new Bucket(0, 0, room);
        byNumber.add(given);
    }

    /** Whether the store tracks times. */
    boolean isKept() {
        return isKept;
    }

    /** A time before the given one with which keys stand, or null. */
    Bucket before(long time) {
        Map.Entry<Long, Bucket> first = byTime.firstEntry();
        return first == null || first.getKey() >= time ? null : first.getValue();
    }

    /** Let a resident key stand with a time. It stands nowhere. */
    void link(int handle, long time) {
        link(handle, bucketOf(time));
    }

    /** Let it stand with those given in this batch. It stands nowhere. */
    void linkGiven(int handle) {
        link(handle, given);
    }

    /** Let a key with a value stand with its time, unless it stands somewhere. */
    void register(int handle) {
        if (isKept && (entries.meta(handle) & Entry.REGISTERED) == 0 && entries.exists(handle)) {
            link(handle, entries.updatedMs(handle));
        }
    }

    /** Let a key with a value, whose time is now an earlier one, stand with that. */
    void registerAgain(int handle) {
        unlinkIfLinked(handle);
        entries.setFlags(handle, 0, Entry.RECORDED);
        register(handle);
    }

    /** Let those given in the batch stand with their times again. */
    void batchEnded() {
        while (given.head != NONE) {
            int handle = given.head;
            unlink(handle);
            register(handle);
        }
    }

    /** As {@link #tryRecord}; what the ledger refuses is made room for. */
    void record(int kind, byte[] key, long time) {
        while (!tryRecord(kind, key, time)) {
            room.make(key.length);
        }
    }

    /** Let a key that is about to be cold stand with a time; false if the ledger refuses. */
    boolean tryRecord(int kind, byte[] key, long time) {
        Bucket bucket = bucketOf(time);
        boolean isIn = bucket.records.tryAdd(kind, key);
        forgetIfEmpty(bucket);
        return isIn;
    }

    private Bucket bucketOf(long time) {
        Bucket bucket = byTime.get(time);
        if (bucket == null) {
            int number = freeNumbers.isEmpty() ? byNumber.size() : freeNumbers.removeAt(freeNumbers.size() - 1);
            bucket = new Bucket(number, time, room);
            byTime.put(time, bucket);
            if (number == byNumber.size()) {
                byNumber.add(bucket);
            } else {
                byNumber.set(number, bucket);
            }
        }
        return bucket;
    }

    /** Forget a time with which no key stands. */
    void forgetIfEmpty(Bucket bucket) {
        if (bucket != given && bucket.isEmpty() && byTime.remove(bucket.time, bucket)) {
            bucket.records.close();
            byNumber.set(bucket.number, null);
            freeNumbers.addInt(bucket.number);
        }
    }

    private void link(int handle, Bucket bucket) {
        setLinks(handle, bucket.head, ~bucket.number);
        if (bucket.head != NONE) {
            setPrevious(bucket.head, handle);
        }
        bucket.head = handle;
        entries.setFlags(handle, Entry.LINKED, 0);
    }

    /** Take a key out of its list, if it is in one. */
    void unlinkIfLinked(int handle) {
        if ((entries.meta(handle) & Entry.LINKED) != 0) {
            unlink(handle);
        }
    }

    /** Take a key out of its list. */
    void unlink(int handle) {
        UnsafeBuffer page = entries.page(handle);
        int links = linksAt(handle);
        int next = page.getInt(links);
        int previous = page.getInt(links + Integer.BYTES);
        if (next != NONE) {
            setPrevious(next, previous);
        }
        entries.setFlags(handle, 0, Entry.LINKED);
        if (previous >= 0) {
            entries.page(previous).putInt(linksAt(previous), next);
        } else {
            Bucket bucket = byNumber.get(~previous);
            bucket.head = next;
            forgetIfEmpty(bucket);
        }
    }

    private void setLinks(int handle, int next, int previous) {
        entries.page(handle).putInt(linksAt(handle), next);
        setPrevious(handle, previous);
    }

    private void setPrevious(int handle, int previous) {
        entries.page(handle).putInt(linksAt(handle) + Integer.BYTES, previous);
    }

    private static int linksAt(int handle) {
        return EntryPages.linksAt(Entries.slotOf(handle));
    }

    @Override
    public void close() {
        byTime.values().forEach(bucket -> bucket.records.close());
        byTime.clear();
    }
}
