package io.millrace.offheap.chronicle;

/**
 * How large the next map is to be, from what was put so far. Room is made for the ninetieth percentile and not the mean: a
 * few values above the average take room that was meant for others.
 */
final class MapSizing {
    /** Before any value was seen. */
    private static final int FIRST_KEY_BYTES = 24;

    private static final int FIRST_VALUE_BYTES = 64;
    private static final int MIN_ENTRIES = 16;
    /** A scan holds the lock of a segment: about a millisecond. */
    private static final int ENTRIES_PER_SEGMENT = 16 * 1024;
    /** So that one large entry does not fill a segment. */
    private static final int LARGEST_PER_SEGMENT = 16;

    private final int keyBytes;
    private final SizeHistogram keys = new SizeHistogram();
    private final SizeHistogram values = new SizeHistogram();
    private long largestEntryBytes;

    /**
     * Nothing seen yet.
     *
     * @param keyBytes the length of all keys; 0 if they differ
     */
    MapSizing(int keyBytes) {
        this.keyBytes = keyBytes;
    }

    /** Learn from an entry that is put; the value as it is stored. */
    void saw(int keyLength, int storedLength) {
        keys.add(keyLength);
        values.add(storedLength);
        largestEntryBytes = Math.max(largestEntryBytes, MapShape.entryBytes(keyLength, storedLength));
    }

    /** A map for entries of the usual size. */
    MapShape forEntries(long entries) {
        return forBytes(entries * usualEntryBytes());
    }

    /** A map for so many bytes of entries, or for the largest entry seen if that takes more. */
    MapShape forBytes(long bytes) {
        long enough = Math.max(bytes, LARGEST_PER_SEGMENT * largestEntryBytes);
        long entries = Math.max(MIN_ENTRIES, enough / usualEntryBytes() + 1);
        long segments =
                Math.min(entries / ENTRIES_PER_SEGMENT, enough / LARGEST_PER_SEGMENT / Math.max(1, largestEntryBytes));
        int powerOfTwo = (int) Long.highestOneBit(Math.min(1 << 20, Math.max(1, segments)));
        return new MapShape(keyBytes, usualKeyBytes(), usualValueBytes(), entries, powerOfTwo);
    }

    private long usualEntryBytes() {
        return MapShape.entryBytes(usualKeyBytes(), usualValueBytes());
    }

    private int usualKeyBytes() {
        return keyBytes > 0 ? keyBytes : Math.max(1, keys.ninetiethPercentile(FIRST_KEY_BYTES));
    }

    private int usualValueBytes() {
        return Math.max(1, values.ninetiethPercentile(FIRST_VALUE_BYTES));
    }
}
