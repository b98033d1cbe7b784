package io.millrace.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.DirectoryConfig;
import io.millrace.checkpoint.file.DirectoryPorts;
import io.millrace.checkpoint.file.Durability;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.ingest.block.ReceivedBlocks;
import io.millrace.ingest.record.ProgramClasses;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockId;
import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.block.SlabSlice;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks on a disk that fills up, fails, and is left by a process that ends. */
class ReceivedLogTest {
    private static final JournalConfig CONFIG = JournalConfig.receivedLog(0, 16 << 10);
    private static final int SLAB_BYTES = 1 << 10;

    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final MemoryLedger memory = new MemoryLedger(64 << 10);
    private final SlabPool slabs = new SlabPool(memory, SLAB_BYTES, 4);
    private long nanos = 1;
    private CheckpointDirectory directory;
    private ReceivedLog log;

    private ReceivedLog open() throws IOException {
        return open(1 << 20);
    }

    private ReceivedLog open(int partBytes) throws IOException {
        enter();
        ReceivedBlocks blocks = new ReceivedBlocks(new ObjectEncoding(ProgramClasses.of(List.of())), slabs);
        log = new ReceivedLog(
                directory,
                CONFIG,
                JournalPosition.BEGINNING,
                0,
                blocks,
                () -> nanos,
                new DiskThread("segments", null, () -> {}),
                partBytes);
        return log;
    }

    private void enter() throws IOException {
        directory = CheckpointDirectory.open(
                disk,
                new DirectoryConfig(Durability.FSYNC, 0),
                new DirectoryPorts(new SplittableRandom(1), () -> 0, 1, warning -> {}));
    }

    /** The process ends. */
    private void kill() {
        disk.kill();
        disk.crash(CrashProfile.NONE, new SplittableRandom(1));
        log = null;
    }

    @AfterEach
    void nothingIsHeld() throws IOException {
        if (log != null) {
            log.close();
            directory.close();
        }
        slabs.close();
        assertEquals(0, memory.usedBytes());
    }

    private Block block(long from, int rows) {
        List<SlabSlice> slices = new ArrayList<>();
        Slab slab = null;
        for (long value = from; value < from + rows; value++) {
            if (slab == null || !slab.appendLong(value)) {
                close(slab, slices);
                slab = slabs.tryAcquire(ElementType.LONG);
                slab.appendLong(value);
            }
        }
        close(slab, slices);
        return new Block(new BlockId(0, from), slices, 0);
    }

    private static void close(Slab slab, List<SlabSlice> slices) {
        if (slab != null) {
            slab.retain();
            slab.publish(0);
            slab.seal();
            slices.add(new SlabSlice(slab, 0, slab.publishedRows()));
        }
    }

    /** Appends a block and forgets it. */
    private boolean append(long from, int rows, long position) {
        Block block = block(from, rows);
        try {
            return log.append(block, position);
        } finally {
            block.release();
        }
    }

    private static List<Object> rowsOf(Block block) {
        List<Object> rows = new ArrayList<>();
        BlockReader reader = block.reader();
        Chunk chunk = new Chunk();
        while (reader.next(chunk)) {
            for (int row = 0; row < chunk.rows(); row++) {
                rows.add(chunk.first().get(row));
            }
        }
        block.release();
        return rows;
    }

    private static List<Object> numbers(long from, int rows) {
        List<Object> numbers = new ArrayList<>();
        for (long value = from; value < from + rows; value++) {
            numbers.add(value);
        }
        return numbers;
    }

    @Test
    void blocksThatAreLeftAreReadFromTheDiskInAnyOrderOnceEach() throws IOException {
        open();
        for (int i = 0; i < 60; i++) {
            assertTrue(append(i * 100, 100, i)); // several segments
        }
        kill();
        open();
        assertEquals(60, log.last());
        assertEquals(0, slabs.heldCount(), "none is in memory");
        assertEquals(59, log.positionOf(60));
        for (int number : new int[] {60, 1, 31, 2}) {
            assertEquals(numbers((number - 1) * 100, 100), rowsOf(log.read(number)));
        }
        assertThrows(IllegalStateException.class, () -> log.read(31));
        assertTrue(append(7, 1, 60));
        assertEquals(61, log.last());
    }

    @Test
    void aBlockThatIsLongerThanAFrameIsPartedAndPutTogetherAgain() throws IOException {
        open(500);
        assertTrue(append(0, 1_000, 3));
        assertTrue(append(1_000, 5, 4));
        kill();
        open(500);
        assertEquals(2, log.last());
        assertEquals(numbers(0, 1_000), rowsOf(log.read(1)));
        assertEquals(numbers(1_000, 5), rowsOf(log.read(2)));
    }

    @Test
    void aBlockWhoseLastPartIsMissingWasNeverThere() throws IOException {
        open(500);
        assertTrue(append(0, 10, 3));
        disk.hook((number, operation, name) -> {
            if (number > 6) {
                throw new IOException("the process was killed");
            }
        });
        assertThrows(MillraceException.class, () -> append(10, 1_000, 4));
        log.close();
        kill();
        open(500);
        assertEquals(1, log.last());
        assertTrue(append(10, 1_000, 4));
        kill();
        open(500);
        assertEquals(numbers(10, 1_000), rowsOf(log.read(2)));
        assertEquals(numbers(0, 10), rowsOf(log.read(1)));
    }

    @Test
    void aFullDiskIsTriedSomeTimesASecondUntilTheBlockIsThere() throws IOException {
        open(500);
        disk.budget(4 << 10); // beyond what is there
        Block block = block(0, 6_000);
        assertFalse(log.append(block, 5));
        disk.budget(Long.MAX_VALUE);
        assertFalse(log.append(block, 5), "it is not tried again at once");
        nanos += TimeUnit.MILLISECONDS.toNanos(250);
        assertTrue(log.append(block, 5));
        block.release();
        assertEquals(1, log.last());
        kill();
        open(500);
        assertEquals(5, log.positionOf(1));
        assertEquals(numbers(0, 6_000), rowsOf(log.read(1)));
    }

    @Test
    void aBlockForWhichThereIsNoMemoryNowIsReadLater() throws IOException {
        open();
        assertTrue(append(0, 3_000, 5));
        kill();
        open();
        Block hog = block(0, 6_000);
        assertNull(log.read(1));
        hog.release();
        assertEquals(numbers(0, 3_000), rowsOf(log.read(1)));
    }

    @Test
    void aDiskThatFailsTwiceIsTheEnd() throws IOException {
        open();
        disk.hook(FaultHook.failEvery(Operation.WRITE));
        String reason =
                assertThrows(MillraceException.class, () -> append(0, 10, 1)).getMessage();
        assertTrue(reason.contains("cannot be written to wal/0"), reason);
        kill();
    }

    @Test
    void aLogOfAnotherReleaseIsRefused() throws IOException {
        enter();
        try (Journal other =
                Journal.open(directory, CONFIG, JournalPosition.BEGINNING, (type, version, position, payload) -> {})) {
            other.append(1, 1, new UnsafeBuffer(new byte[64]), 0, 64);
        }
        directory.close();
        String refusal = assertThrows(IllegalStateException.class, this::open).getMessage();
        assertTrue(refusal.contains("type 1, version 1"), refusal);
        directory.close();
    }
}
