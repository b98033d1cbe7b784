package io.millrace.ingest.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.api.Tuple2;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.MemoryLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** A directory to put files into, ways to read them, and what was warned of. */
final class FileRoom {
    final Path directory;
    final List<String> warnings = new ArrayList<>();
    private final MemoryLedger ledger;

    FileRoom(Path directory, MemoryLedger ledger) {
        this.directory = directory;
        this.ledger = ledger;
    }

    FileReading reading(long partitionBytes, int windowBytes, int maxRecordBytes) {
        return new FileReading(ledger, partitionBytes, windowBytes, maxRecordBytes, warnings::add);
    }

    FileReading reading() {
        return reading(1 << 20, 4096, 1 << 20);
    }

    Path put(String name, String content) {
        return put(name, content.getBytes(UTF_8));
    }

    Path put(String name, byte[] content) {
        try {
            Path path = directory.resolve(name);
            Files.createDirectories(path.getParent());
            return Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path put(String name, String content, long modifiedMs) {
        return modified(put(name, content), modifiedMs);
    }

    static Path modified(Path path, long modifiedMs) {
        try {
            return Files.setLastModifiedTime(path, FileTime.fromMillis(modifiedMs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows of all partitions, in order; a pair is a {@link Tuple2}. Every partition is read twice, to the same end. */
    static List<Object> rowsOf(PulledRange range) throws Exception {
        List<Object> rows = new ArrayList<>();
        for (int partition = 0; partition < range.partitionCount(); partition++) {
            List<Object> first = rowsOf(range, partition);
            if (first.stream().noneMatch(row -> row instanceof byte[] || row instanceof Tuple2)) {
                assertEquals(first, rowsOf(range, partition), "read a second time");
            }
            rows.addAll(first);
        }
        return rows;
    }

    static List<Object> rowsOf(PulledRange range, int partition) throws Exception {
        List<Object> rows = new ArrayList<>();
        Chunk chunk = new Chunk();
        try (RangeReader reader = range.open(partition)) {
            while (reader.next(chunk)) {
                assertFalse(chunk.rows() == 0, "a chunk without rows before the end");
                for (int row = 0; row < chunk.rows(); row++) {
                    Object first = chunk.first().get(row);
                    rows.add(chunk.isPair() ? new Tuple2<>(first, chunk.second().get(row)) : first);
                }
            }
            assertEquals(0, chunk.rows());
        }
        return rows;
    }
}
