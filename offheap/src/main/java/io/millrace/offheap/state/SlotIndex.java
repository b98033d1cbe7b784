package io.millrace.offheap.state;

import io.millrace.offheap.memory.MemoryRegion;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From the hash of a key to the slots that may hold it: extendible hashing. The high bits of the hash choose a segment by way of
 * a directory; a segment is an open-addressing array of longs, of which the hash's low bits choose the first to look at. A full
 * segment is split in two, so that no growth moves more than a few thousand keys.
 *
 * <pre>
 *   bucket: the hash (high int) │ slot + 1 (low int); 0 when empty
 * </pre>
 */
final class SlotIndex implements AutoCloseable {
    private static final int MIN_BUCKETS = 64;
    private static final int MAX_BUCKETS = 4096;
    private static final int MAX_CROWDED_BUCKETS = 1 << 27;
    private static final int MAX_DEPTH = 22;

    private final Room room;
    private Segment[] directory;
    /** A hash shifted by so much is its place in the directory. */
    private int shift = 31;

    /** The keys whose hashes begin with the same bits. */
    static final class Segment {
        private final MemoryRegion region;
        final UnsafeBuffer buffer;
        final int mask;
        /** How many bits are the same. */
        private final int depth;

        private int keys;

        Segment(MemoryRegion region, int buckets, int depth) {
            this.region = region;
            this.buffer = region.buffer();
            this.mask = buckets - 1;
            this.depth = depth;
        }

        long bucket(int at) {
            return buffer.getLong(at << 3);
        }

        private boolean isFull() {
            return 8L * (keys + 1) > 5L * (mask + 1);
        }

        private void place(long hashAndSlot) {
            int at = (int) (hashAndSlot >>> 32) & mask;
            while (bucket(at) != 0) {
                at = at + 1 & mask;
            }
            buffer.putLong(at << 3, hashAndSlot);
            keys++;
        }
    }

    SlotIndex(Room room) {
        this.room = room;
    }

    /** Segments by the high bits of hashes; null before the first key. Another one after {@link #tryEnsure}. */
    Segment[] directory() {
        return directory;
    }

    int shift() {
        return shift;
    }

    /** Have room for one more key of that hash; false if the ledger refuses, and nothing has changed. */
    boolean tryEnsure(int hash) {
        if (directory == null && !tryBegin()) {
            return false;
        }
        Segment segment = directory[hash >>> shift];
        while (segment.isFull()) {
            if (!(segment.mask + 1 >= MAX_BUCKETS && isSplitOfUse(segment)
                    ? trySplit(segment, hash)
                    : tryGrow(segment, hash))) {
                return false;
            }
            segment = directory[hash >>> shift];
        }
        return true;
    }

    private boolean tryBegin() {
        Segment first = trySegment(MIN_BUCKETS, 0);
        if (first != null) {
            directory = new Segment[] {first, first};
        }
        return first != null;
    }

    private Segment trySegment(int buckets, int depth) {
        MemoryRegion region = room.tryTake(buckets * Long.BYTES);
        return region == null ? null : new Segment(region, buckets, depth);
    }

    /** Whether the next bit parts the keys, be it badly; equal hashes cannot be parted. */
    private boolean isSplitOfUse(Segment segment) {
        if (segment.depth == MAX_DEPTH) {
            return false;
        }
        int bit = 1 << 31 - segment.depth;
        int ones = 0;
        for (int at = 0; at <= segment.mask; at++) {
            ones += ((int) (segment.bucket(at) >>> 32) & bit) == 0 ? 0 : 1;
        }
        return ones > segment.keys / 16 && ones < segment.keys - segment.keys / 16;
    }

    private boolean trySplit(Segment segment, int hash) {
        Segment zeroes = trySegment(segment.mask + 1, segment.depth + 1);
        Segment ones = zeroes == null ? null : trySegment(segment.mask + 1, segment.depth + 1);
        if (ones == null) {
            if (zeroes != null) {
                zeroes.region.close();
            }
            return false;
        }
        if (segment.depth == 32 - shift) {
            doubleDirectory();
        }
        int spare = 32 - shift - segment.depth;
        int first = hash >>> shift >>> spare << spare;
        int half = 1 << spare - 1;
        Arrays.fill(directory, first, first + half, zeroes);
        Arrays.fill(directory, first + half, first + 2 * half, ones);
        moveAll(segment);
        return true;
    }

    private void doubleDirectory() {
        Segment[] doubled = new Segment[2 * directory.length];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = directory[i >>> 1];
        }
        directory = doubled;
        shift--;
    }

    private boolean tryGrow(Segment segment, int hash) {
        if (segment.mask + 1 == MAX_CROWDED_BUCKETS) {
            throw room.full(8L * MAX_CROWDED_BUCKETS);
        }
        Segment larger = trySegment(2 * (segment.mask + 1), segment.depth);
        if (larger == null) {
            return false;
        }
        int spare = 32 - shift - segment.depth;
        int first = hash >>> shift >>> spare << spare;
        Arrays.fill(directory, first, first + (1 << spare), larger);
        moveAll(segment);
        return true;
    }

    /** Move the keys of a segment that is no longer in the directory to those that took its place. */
    private void moveAll(Segment old) {
        for (int at = 0; at <= old.mask; at++) {
            long hashAndSlot = old.bucket(at);
            if (hashAndSlot != 0) {
                directory[(int) (hashAndSlot >>> 32) >>> shift].place(hashAndSlot);
            }
        }
        old.region.close();
    }

    /** Add a key for which room was ensured. */
    void add(int hash, int slot) {
        directory[hash >>> shift].place((long) hash << 32 | slot + 1);
    }

    /** Take out a key that is in; what lies behind it moves up. */
    void remove(int hash, int slot) {
        Segment segment = directory[hash >>> shift];
        int mask = segment.mask;
        long wanted = (long) hash << 32 | slot + 1;
        int hole = hash & mask;
        while (segment.bucket(hole) != wanted) {
            hole = hole + 1 & mask;
        }
        int at = hole;
        while (true) {
            at = at + 1 & mask;
            long next = segment.bucket(at);
            if (next == 0) {
                break;
            }
            int home = (int) (next >>> 32) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                segment.buffer.putLong(hole << 3, next);
                hole = at;
            }
        }
        segment.buffer.putLong(hole << 3, 0);
        segment.keys--;
    }

    @Override
    public void close() {
        if (directory != null) {
            Set<Segment> segments = Collections.newSetFromMap(new IdentityHashMap<>());
            Collections.addAll(segments, directory);
            segments.forEach(segment -> segment.region.close());
            directory = null;
        }
    }
}
