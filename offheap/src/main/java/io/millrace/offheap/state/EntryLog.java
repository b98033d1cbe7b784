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
 * its own. They lie in {@linkplain EntryBlock blocks}, none of which is cut. The bytes are those of {@code docs/state-entry-format.md}; an
 * {@link EntryReader} reads a chunk.
 *
 * <p>Thread: one owner at a time. Memory: of {@link MemoryUse#CHECKPOINT}, none before the first entry; and 40 KB on the heap, where the
 * numbers of the latest entries are until they fill a block, or somebody wants to see them.
 */
public final class EntryLog implements AutoCloseable {
    /** The most that a chunk with more than one entry has. Bytes. */
    public static final int MAX_CHUNK_BYTES = 1 << 20;

    private static final int MIN_CHUNK_BYTES = 1 << 14;
    private static final int SHORT_BYTES = 64;
    /** Of keys and values of entries for which room is reserved at one time. */
    private static final int MAX_ENTRY_BYTES =
            Integer.MAX_VALUE - MemoryRegion.PADDING - EntryBlock.mostBytes(EntryBlock.MAX_ROWS);

    private final MemoryLedger ledger;
    private final ByteBuilder rowBytes = new ByteBuilder(128);
    private final UnsafeBuffer rowView = new UnsafeBuffer(new byte[0]);
    private final List<Chunk> chunks = new ArrayList<>();
    private UnsafeBuffer buffer;
    private int end;
    /** Behind the end: entries to be. */
    private final EntryBlock block = new EntryBlock();

    private int blockBytes;
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
    record Mark(int chunks, int end, long fullBytes, long entries) {}

    /** A region, and how many of its bytes are blocks of entries; of the last one that is {@link #end}. */
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
        endBlock();
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
        if (!tryReserve(1, rowBytes.length())) {
            throw refused(rowBytes.length());
        }
        rowView.wrap(rowBytes.array());
        putBytes(rowView, 0, rowBytes.length());
        add(EntryFormat.head(NumberKeys.INTEGERS, Entry.ENCODED), 0, 0, rowBytes.length());
    }

    /**
     * Show all entries, in the order in which they were added.
     *
     * @param visitor is told each chunk
     * @throws IOException if the visitor throws it
     */
    public void forEachChunk(ChunkVisitor visitor) throws IOException {
        endBlock();
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
        dropBlock();
        fullBytes = 0;
        entries = 0;
    }

    // ---- going back ----

    Mark mark() {
        endBlock();
        return new Mark(chunks.size(), end, fullBytes, entries);
    }

    /** Forget what was added since. */
    void backTo(Mark mark) {
        while (chunks.size() > Math.max(1, mark.chunks())) {
            chunks.remove(chunks.size() - 1).region.close();
        }
        buffer = chunks.isEmpty() ? null : last().region.buffer();
        end = mark.end();
        dropBlock();
        fullBytes = mark.fullBytes();
        entries = mark.entries();
    }

    // ---- entries of another log ----

    /**
     * Add what another log has.
     *
     * @throws MemoryLimitException if the ledger has no room; nothing was added
     */
    void addAll(EntryLog other) {
        Mark before = mark();
        other.endBlock();
        for (int i = 0; i < other.chunks.size(); i++) {
            int length = i == other.chunks.size() - 1 ? other.end : other.chunks.get(i).length;
            if ((buffer == null || length > last().region.capacity() - end) && !tryNext(length)) {
                backTo(before);
                throw refused(length);
            }
            buffer.putBytes(end, other.chunks.get(i).region.buffer(), 0, length);
            end += length;
        }
        entries += other.entries;
    }

    // ---- entries to be ----

    /**
     * Have room in the block for some more entries.
     *
     * @param rows at most {@link EntryBlock#MAX_ROWS}
     * @param bytes of their keys and values
     * @return false if the ledger refuses
     * @throws IllegalArgumentException if there are too many bytes for one chunk
     */
    boolean tryReserve(int rows, long bytes) {
        if (bytes > MAX_ENTRY_BYTES) {
            throw new IllegalArgumentException("a key and its value have " + bytes + " bytes, at most "
                    + MAX_ENTRY_BYTES + " can be saved together; make them smaller");
        }
        if (block.rows() + rows > EntryBlock.MAX_ROWS || !hasRoom(rows, bytes)) {
            endBlock();
        }
        return hasRoom(rows, bytes) || tryNext((int) bytes + EntryBlock.mostBytes(rows));
    }

    private boolean hasRoom(int rows, long bytes) {
        return buffer != null
                && blockBytes + bytes + EntryBlock.mostBytes(block.rows() + rows)
                        <= last().region.capacity() - end;
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
    }

    private Chunk last() {
        return chunks.get(chunks.size() - 1);
    }

    /** The ledger has refused. */
    MemoryLimitException refused(long bytes) {
        long wanted = Math.max(MAX_CHUNK_BYTES, bytes);
        return new MemoryLimitException(MemoryUse.CHECKPOINT, wanted, ledger.usedBytes(), ledger.maxBytes());
    }

    /** Bytes of the entry that is added next: its key's, then its value's. Room was reserved. */
    void putBytes(DirectBuffer source, int start, int length) {
        buffer.putBytes(end + EntryBlock.HEADER_BYTES + blockBytes, source, start, length);
        blockBytes += length;
    }

    /** As {@link #putBytes}, out of memory that is readable 8 bytes behind them. Quicker if they are few. */
    void putCell(UnsafeBuffer source, int start, int length) {
        if (length > SHORT_BYTES) {
            putBytes(source, start, length);
            return;
        }
        // What is written behind them is where the numbers of the block will be.
        int to = end + EntryBlock.HEADER_BYTES + blockBytes;
        for (int i = 0; i < length; i += Long.BYTES) {
            buffer.putLong(to + i, source.getLong(start + i));
        }
        blockBytes += length;
    }

    /**
     * Add an entry for which room was reserved.
     *
     * @param key the number, or how many bytes it has
     * @param value the word, or how many bytes it has
     */
    void add(int head, long time, long key, long value) {
        block.add(head, time, key, value);
        entries++;
    }

    /** As {@link #add}, of several. */
    void addAll(long[] heads, long[] times, long[] keys, long[] values, int from, int count) {
        block.addAll(heads, times, keys, values, from, count);
        entries += count;
    }

    private void endBlock() {
        if (block.rows() > 0) {
            end = block.write(buffer, end, blockBytes);
        }
        dropBlock();
    }

    private void dropBlock() {
        block.clear();
        blockBytes = 0;
    }

    /** Free the memory. Later calls do nothing. */
    @Override
    public void close() {
        chunks.forEach(chunk -> chunk.region.close());
        chunks.clear();
        clear();
    }
}
