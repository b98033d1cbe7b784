package io.millrace.jmh.state;

import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryLog;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreSave;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The end of a batch that has put another long to each of 100,000 keys, in no order: without a log and with one, while no save is under
 * way, or one that has still to come to all of them. Beside it the least that a log can do: a loop that writes keys and values, which lie in arrays,
 * to direct memory. Nanoseconds a key.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Logged.TOUCHED)
public class Logged {
    static final int TOUCHED = 100_000;
    private static final int TEXT_BYTES = 20;

    /** Keys that are remembered. */
    @Param({"100000", "1000000"})
    public int keys;

    /** Whether a save is under way. */
    @Param({"false", "true"})
    public boolean isSaved;

    /** What keys are. */
    @Param({"long", "text"})
    public String type;

    private final MemoryLedger ledger = new MemoryLedger(3L << 30);
    private final EntryLog log = new EntryLog(ledger);
    private final int[] handles = new int[Chunk.MAX_ROWS];
    private final LongColumn values = new LongColumn();
    private final Randomness random = new Randomness(1);
    private final long[] touched = new long[TOUCHED];
    private final byte[][] touchedTexts = new byte[TOUCHED][];
    private final UnsafeBuffer plain =
            new UnsafeBuffer(ByteBuffer.allocateDirect(TOUCHED * (TEXT_BYTES + Integer.BYTES + Long.BYTES)));
    private KeyedStore store;
    private StoreSave save;
    private long number;

    @Setup(Level.Trial)
    public void fill() {
        store = SavedKeys.newStore(ledger, new ObjectEncoding(SavedKeys.CLASSES));
        for (int from = 0; from < keys; from += TOUCHED) {
            store.begin(0);
            for (int key = from; key < from + TOUCHED; key++) {
                store.put(store.handleOf(SavedKeys.key(type, key)), 1L);
            }
            store.commit();
        }
    }

    @Setup(Level.Invocation)
    public void batch() {
        log.clear();
        save = isSaved ? store.save() : null;
        store.begin(++number);
        int stride = keys / TOUCHED;
        for (int row = 0; row < TOUCHED; row++) {
            touched[row] = (long) row * stride + random.below(stride);
        }
        SavedKeys.shuffle(touched, random);
        for (int from = 0; from < TOUCHED; from += Chunk.MAX_ROWS) {
            int rows = Math.min(Chunk.MAX_ROWS, TOUCHED - from);
            Column column = column(from, rows);
            store.handlesOf(column, rows, handles);
            values.fill(number, rows);
            store.putAll(handles, values, rows);
        }
    }

    private Column column(int from, int rows) {
        if (type.equals("long")) {
            LongColumn longs = new LongColumn();
            System.arraycopy(touched, from, longs.values(), 0, rows);
            return longs;
        }
        RefColumn texts = new RefColumn();
        for (int row = 0; row < rows; row++) {
            String text = (String) SavedKeys.key(type, touched[from + row]);
            texts.values()[row] = text;
            touchedTexts[from + row] = text.getBytes(StandardCharsets.UTF_8);
        }
        return texts;
    }

    @TearDown(Level.Invocation)
    public void end() {
        if (store.isInBatch()) {
            store.rollback();
        }
        CloseHelper.close(save);
    }

    @TearDown
    public void close() {
        store.close();
        log.close();
    }

    @Benchmark
    public void commit() {
        store.commit();
    }

    @Benchmark
    public void commitLogged() {
        store.commit(log);
    }

    @Benchmark
    public int plainLoop() {
        int at = 0;
        if (type.equals("long")) {
            for (int row = 0; row < TOUCHED; row++) {
                plain.putLong(at, touched[row], ByteOrder.LITTLE_ENDIAN);
                plain.putLong(at + Long.BYTES, number, ByteOrder.LITTLE_ENDIAN);
                at += 2 * Long.BYTES;
            }
        } else {
            for (int row = 0; row < TOUCHED; row++) {
                byte[] text = touchedTexts[row];
                plain.putInt(at, text.length, ByteOrder.LITTLE_ENDIAN);
                plain.putBytes(at + Integer.BYTES, text);
                at += Integer.BYTES + text.length;
                plain.putLong(at, number, ByteOrder.LITTLE_ENDIAN);
                at += Long.BYTES;
            }
        }
        return at;
    }
}
