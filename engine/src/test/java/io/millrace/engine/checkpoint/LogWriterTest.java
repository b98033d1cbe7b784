package io.millrace.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.DirectoryConfig;
import io.millrace.checkpoint.file.DirectoryPorts;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.file.Durability;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogWriterTest {
    private static final JournalConfig CONFIG = JournalConfig.batchLog(16 << 10);
    private static final int BYTES = 5_000;

    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final CachedNanoClock clock = new CachedNanoClock();
    private CheckpointDirectory directory;
    private Journal journal;
    private LogWriter log;

    @BeforeEach
    void open() throws IOException {
        directory = CheckpointDirectory.open(
                disk,
                new DirectoryConfig(Durability.FSYNC, 0),
                new DirectoryPorts(new SplittableRandom(1), () -> 0, 1, warning -> {}));
        journal = Journal.open(directory, CONFIG, JournalPosition.BEGINNING, (type, version, position, payload) -> {});
        log = new LogWriter(journal, disk("forces"), disk("segments"), clock);
    }

    private static DiskThread disk(String name) {
        return new DiskThread(name, null, () -> {});
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
        directory.close();
    }

    private void append(int number) throws IOException {
        FrameWriter frame = new FrameWriter().begin().putInt(number).putBytes(new byte[BYTES]);
        log.append(LogFrame.STATE, frame);
    }

    private List<Integer> written() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        journal.close();
        directory.close();
        directory = CheckpointDirectory.open(
                disk,
                new DirectoryConfig(Durability.FSYNC, 0),
                new DirectoryPorts(new SplittableRandom(2), () -> 0, 1, warning -> {}));
        journal = Journal.open(
                directory,
                CONFIG,
                JournalPosition.BEGINNING,
                (type, version, position, payload) -> numbers.add(new FrameReader(payload).readInt()));
        return numbers;
    }

    @Test
    void framesThatFindNoSpaceWaitAndAreWrittenInOrder() throws IOException {
        append(1);
        disk.leave(0);
        for (int number = 2; number <= 6; number++) {
            append(number);
        }
        assertTrue(log.isStalled());
        log.retryNow();
        assertTrue(log.isStalled());
        disk.leave(1 << 20);
        log.retryNow();
        assertFalse(log.isStalled());
        log.awaitAll();
        assertEquals(6, log.durable());
        assertEquals(List.of(1, 2, 3, 4, 5, 6), written());
    }

    @Test
    void aFrameThatIsWrittenBecomesDurableThoughOneBehindItWaitsForSpace() throws IOException {
        append(1);
        disk.leave(0);
        for (int number = 2; number <= 6; number++) {
            append(number);
        }
        log.awaitDurable(1);
        assertTrue(log.durable() >= 1);
        assertThrows(DiskFullException.class, () -> log.awaitAll());
        disk.leave(1 << 20);
    }

    @Test
    void itIsTriedAgainOnlyNowAndThen() throws IOException {
        append(1);
        disk.leave(0);
        for (int number = 2; number <= 6; number++) {
            append(number);
        }
        disk.leave(1 << 20);
        log.retry();
        assertTrue(log.isStalled());
        clock.update(LogWriter.RETRY_NANOS);
        log.retry();
        assertFalse(log.isStalled());
    }

    @Test
    void aFrameThatIsRefusedIsNotCounted() throws IOException {
        append(1);
        disk.hook((number, operation, name) -> {
            throw new IOException("the disk is broken");
        });
        assertThrows(IOException.class, () -> {
            append(2);
            append(3);
            append(4);
            append(5);
        });
        disk.hook((number, operation, name) -> {});
        assertTrue(log.appended() < 5);
    }
}
