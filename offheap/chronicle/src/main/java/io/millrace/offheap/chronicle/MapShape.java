package io.millrace.offheap.chronicle;

/**
 * What a map is made for. A Chronicle map cannot grow: all of this is settled when its file is created.
 *
 * @param keyBytes the length of all keys; 0 if they differ
 * @param usualKeyBytes what room is made for, per key
 * @param usualValueBytes what room is made for, per value as it is stored
 * @param entries of the usual size that it has room for
 * @param segments how many parts it has, each with a lock and a hash table of its own
 */
record MapShape(int keyBytes, int usualKeyBytes, int usualValueBytes, long entries, int segments) {
    /** Lengths of key and value, a checksum, the slot of the hash table, and half a chunk that is never filled. */
    private static final int ENTRY_OVERHEAD_BYTES = 16;

    /** What an entry takes. An estimate: chunks are Chronicle's to choose. */
    static long entryBytes(long keyBytes, long valueBytes) {
        return keyBytes + valueBytes + ENTRY_OVERHEAD_BYTES;
    }

    /** The sum of what all entries may take, as {@link #entryBytes} counts it. */
    long capacityBytes() {
        return entries * entryBytes(usualKeyBytes, usualValueBytes);
    }

    /** An entry must lie in one segment, in one piece: up to this many bytes it surely finds a place in an empty one. */
    long maxEntryBytes() {
        return capacityBytes() / segments / 4;
    }
}
