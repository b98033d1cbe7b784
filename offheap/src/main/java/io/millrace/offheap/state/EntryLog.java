package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Entries of keyed state as bytes, one behind the other, in chunks that grow from 16 KiB to 1 MiB; one that is larger has a chunk of
 * its own. None is cut. The bytes are those of {@code docs/state-entry-format.md}; an {@link EntryReader} reads a chunk.
 *
 * <p>Thread: one owner at a time. Memory: of {@link MemoryUse#CHECKPOINT}, none before the first entry.
 */
public final class EntryLog implements AutoCloseable {
    /** The most that a chunk with more than one entry has. Bytes. */
    public static final int MAX_CHUNK_BYTES = 1 << 20;

    private static final int MIN_CHUNK_BYTES = 1 << 14;
    private static final int MAX_VARINT_BYTES = 10;
    /** Of an entry without the bytes of its key and its value: the first one, and three varints. */
    private static final int MAX_NUMBER_BYTES = 1 + 3 * MAX_VARINT_BYTES;

    private static final int MAX_ENTRY_BYTES = Integer.MAX_VALUE - MemoryRegion.PADDING;

    private final MemoryLedger ledger;
    private final ByteBuilder rowBytes = new ByteBuilder(128);
    private final UnsafeBuffer rowView = new UnsafeBuffer(new byte[0]);
    private final List<Chunk> chunks = new ArrayList<>();
    private UnsafeBuffer buffer;
    private int end;
    private int at;
    /** Of the last entry of the last chunk; 0 before its first one. */
    private long lastTime;

    private long timeToBe;
    private long fullBytes;
    private long entries;

    /** Is told the chunks. */
    @FunctionalInterface
    public interface ChunkVisitor {
        /**
         * One chunk.
         *
         * @param buffer where its bytes are, valid during the call
         * @param offset of the first byte
         * @param length how many
         * @throws IOException if they cannot be written to where they go
         */
        void chunk(DirectBuffer buffer, int offset, int length) throws IOException;
    }

    /** How far a log went, to go back there. */
    record Mark(int chunks, int end, long lastTime, long fullBytes, long entries) {}

    /** A region, and how many of its bytes are entries; of the last one that is {@link #end}. */
    private static final class Chunk {
        private final MemoryRegion region;
        private int length;

        Chunk(MemoryRegion region) {
            this.region = region;
        }
    }

    /**
     * A log without entries.
     *
     * @param ledger pays for it
     */
    public EntryLog(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * How many bytes the entries have.
     *
     * @return 0 or more
     */
    public long bytes() {
        return fullBytes + end;
    }

    /**
     * How many there are.
     *
     * @return 0 or more
     */
    public long entries() {
        return entries;
    }

    /**
     * Add the key of a handle with a value that the store itself does not have. Its time is the key's {@link KeyedStore#updatedMs}.
     *
     * @param store whose key it is
     * @param handle of the key, with or without a value
     * @param values of any lane
     * @param row of the value
     * @throws io.millrace.offheap.codec.UnregisteredClassException if key or value have no bytes because a class is not registered;
     *     nothing was added
     * @throws IllegalArgumentException if they have none for another reason; nothing was added
     * @throws MemoryLimitException if the ledger has no room, between the store's batches; nothing was added
     * @throws StoreFullException as well, in a batch
     */
    public void add(KeyedStore store, int handle, Column values, int row) {
        store.write(handle, values, row, this);
    }

    /**
     * Add a value under the Integer 0: for logs of rows that have no keys.
     *
     * @param row any
     * @param codec writes it
     * @throws io.millrace.offheap.codec.UnregisteredClassException if it has no bytes; nothing was added
     * @throws MemoryLimitException if the ledger has no room; nothing was added
     */
    public void add(Object row, ValueCodec codec) {
        rowBytes.truncate(0);
        codec.write(row, rowBytes);
        if (!tryBegin(NumberKeys.INTEGERS, Entry.ENCODED, 0, rowBytes.length())) {
            throw refused(rowBytes.length());
        }
        putSigned(0);
        rowView.wrap(rowBytes.array());
        putBytes(rowView, 0, rowBytes.length());
        end();
    }

    /**
     * Show all entries, in the order in which they were added.
     *
     * @param visitor is told each chunk
     * @throws IOException if the visitor throws it
     */
    public void forEachChunk(ChunkVisitor visitor) throws IOException {
        for (int i = 0; i < chunks.size(); i++) {
            int length = i == chunks.size() - 1 ? end : chunks.get(i).length;
            if (length > 0) {
                visitor.chunk(chunks.get(i).region.buffer(), 0, length);
            }
        }
    }

    /** Forget all entries. One chunk of usual size is kept. */
    public void clear() {
        Chunk kept = null;
        for (Chunk chunk : chunks) {
            if (chunk.region.capacity() > MAX_CHUNK_BYTES
                    || kept != null && kept.region.capacity() >= chunk.region.capacity()) {
                chunk.region.close();
            } else {
                if (kept != null) {
                    kept.region.close();
                }
                kept = chunk;
            }
        }
        chunks.clear();
        buffer = null;
        end = 0;
        if (kept != null) {
            append(kept);
        }
        lastTime = 0;
        fullBytes = 0;
        entries = 0;
    }

    // ---- going back ----

    Mark mark() {
        return new Mark(chunks.size(), end, lastTime, fullBytes, entries);
    }

    /** Forget what was added since. */
    void backTo(Mark mark) {
        while (chunks.size() > Math.max(1, mark.chunks())) {
            chunks.remove(chunks.size() - 1).region.close();
        }
        buffer = chunks.isEmpty() ? null : last().region.buffer();
        end = mark.end();
        lastTime = mark.lastTime();
        fullBytes = mark.fullBytes();
        entries = mark.entries();
    }

    // ---- one entry ----

    /**
     * Begin an entry; what is put next are the bytes of key and value, and then {@link #end}.
     *
     * @param bytes at most so many besides two numbers or lengths
     * @return false if the ledger refuses, and nothing has begun
     */
    boolean tryBegin(int kind, int tag, long time, long bytes) {
        long most = bytes + MAX_NUMBER_BYTES;
        if (most > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("a key and its value have " + bytes + " bytes, at most "
                    + (MAX_ENTRY_BYTES - MAX_NUMBER_BYTES) + " can be saved together; make them smaller");
        }
        if ((buffer == null || most > last().region.capacity() - end) && !tryNext((int) most)) {
            return false;
        }
        at = end;
        buffer.putByte(at++, EntryFormat.first(kind, tag));
        timeToBe = time;
        putSigned(time - lastTime);
        return true;
    }

    private boolean tryNext(int needed) {
        int usual = chunks.isEmpty()
                ? MIN_CHUNK_BYTES
                : Math.min(MAX_CHUNK_BYTES, 2 * last().region.capacity());
        // Behind an entry with a chunk of its own, which may be as large as an int can say.
        int wanted = Math.max(needed, usual > 0 ? usual : MAX_CHUNK_BYTES);
        MemoryRegion region = ledger.tryAllocate(MemoryUse.CHECKPOINT, wanted);
        if (region == null && needed < wanted) {
            region = ledger.tryAllocate(MemoryUse.CHECKPOINT, needed);
        }
        if (region == null) {
            return false;
        }
        if (!chunks.isEmpty() && end == 0) {
            chunks.remove(chunks.size() - 1).region.close();
        } else if (!chunks.isEmpty()) {
            last().length = end;
            fullBytes += end;
        }
        append(new Chunk(region));
        return true;
    }

    private void append(Chunk chunk) {
        chunks.add(chunk);
        buffer = chunk.region.buffer();
        end = 0;
        lastTime = 0;
    }

    private Chunk last() {
        return chunks.get(chunks.size() - 1);
    }

    /** The ledger has refused. */
    MemoryLimitException refused(long bytes) {
        long wanted = Math.max(MAX_CHUNK_BYTES, bytes);
        return new MemoryLimitException(MemoryUse.CHECKPOINT, wanted, ledger.usedBytes(), ledger.maxBytes());
    }

    /** A number that is mostly near 0. */
    void putSigned(long number) {
        putUnsigned(number << 1 ^ number >> 63);
    }

    private void putUnsigned(long number) {
        UnsafeBuffer to = buffer;
        int next = at;
        long left = number;
        while ((left & ~0x7FL) != 0) {
            to.putByte(next++, (byte) (left | 0x80));
            left >>>= 7;
        }
        to.putByte(next++, (byte) left);
        at = next;
    }

    void putByte(int value) {
        buffer.putByte(at++, (byte) value);
    }

    void putInt(int value) {
        buffer.putInt(at, value, EntryFormat.ORDER);
        at += Integer.BYTES;
    }

    void putLong(long value) {
        buffer.putLong(at, value, EntryFormat.ORDER);
        at += Long.BYTES;
    }

    /** How many, and a copy of them. */
    void putBytes(DirectBuffer source, int start, int length) {
        putUnsigned(length);
        buffer.putBytes(at, source, start, length);
        at += length;
    }

    void end() {
        end = at;
        lastTime = timeToBe;
        entries++;
    }

    /** Free the memory. Later calls do nothing. */
    @Override
    public void close() {
        chunks.forEach(chunk -> chunk.region.close());
        chunks.clear();
        clear();
    }
}
