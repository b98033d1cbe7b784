package io.millrace.jmh.state;

import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryLog;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreSave;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * All keys of a store, each with a long, as bytes and back: a save in slices into a log that is cleared after each, and a load into a store
 * without keys. Beside it a copy of the bytes that are saved. The whole of it; for a key, divide by their number.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Saved {
    private static final int FILL = 100_000;

    /** Keys that are remembered. */
    @Param({"1000000", "10000000"})
    public int keys;

    /** What keys are. */
    @Param({"long", "text"})
    public String type;

    /** Keys that are saved at a time. */
    @Param({"65536"})
    public int slice;

    private final MemoryLedger ledger = new MemoryLedger(6L << 30);
    private final EntryLog log = new EntryLog(ledger);
    private final ObjectEncoding encoding = new ObjectEncoding(SavedKeys.CLASSES);
    private final EntryReader reader = new EntryReader(encoding.newCodec());
    private final List<byte[]> chunks = new ArrayList<>();
    private final byte[] copy = new byte[EntryLog.MAX_CHUNK_BYTES];
    private final int[] rows = new int[Chunk.MAX_ROWS];
    private KeyedStore store;
    private KeyedStore loaded;

    @Setup(Level.Trial)
    public void fill() throws Exception {
        Arrays.setAll(rows, row -> row);
        store = SavedKeys.newStore(ledger, encoding);
        long[] all = new long[keys];
        for (int key = 0; key < keys; key++) {
            all[key] = key;
        }
        SavedKeys.shuffle(all, new Randomness(1));
        for (int from = 0; from < keys; from += FILL) {
            store.begin(from);
            for (int at = from; at < from + FILL; at++) {
                store.put(store.handleOf(SavedKeys.key(type, all[at])), all[at] / 1000);
            }
            store.commit();
        }
        save(chunks);
    }

    private void save(List<byte[]> into) throws Exception {
        try (StoreSave save = store.save()) {
            boolean hasMore = true;
            while (hasMore) {
                hasMore = save.next(slice, log);
                if (into != null) {
                    log.forEachChunk((buffer, offset, length) -> {
                        byte[] chunk = new byte[length];
                        buffer.getBytes(offset, chunk);
                        into.add(chunk);
                    });
                }
                log.clear();
            }
        }
    }

    @TearDown(Level.Invocation)
    public void forget() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }

    @TearDown
    public void close() {
        store.close();
        log.close();
    }

    @Benchmark
    public void save() throws Exception {
        save(null);
    }

    @Benchmark
    public long load() {
        loaded = SavedKeys.newStore(ledger, encoding);
        for (byte[] chunk : chunks) {
            loaded.begin(0);
            reader.wrap(new UnsafeBuffer(chunk), 0, chunk.length);
            while (reader.nextBlock()) {
                loaded.load(reader, rows, reader.rows());
            }
            loaded.commit();
        }
        return loaded.size();
    }

    @Benchmark
    public int copy() {
        int last = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, copy, 0, chunk.length);
            last = copy[chunk.length - 1];
        }
        return last;
    }
}
