package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.PushInputDStream;
import io.millrace.api.Tuple3;
import io.millrace.api.function.Text;
import io.millrace.engine.task.ChunkRows;
import io.millrace.ingest.file.FileRanges;
import io.millrace.ingest.file.FileReading;
import io.millrace.ingest.record.ProgramClasses;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code saveAsObjectFiles} writes can be read again, whatever the records are (behaviour spec 1.11.1, 3.11). */
class SaveAsObjectFilesTest {
    record Reading(String sensor, double value, List<Integer> raw) {}

    record Unregistered(int x) {}

    @TempDir
    Path dir;

    private final MemoryLedger ledger = new MemoryLedger(64 << 20);

    private String prefix() {
        return dir.resolve("out").toString();
    }

    private static void run(
            UnaryOperator<MillraceConf> settings, Consumer<PushInputDStream<Object>> program, List<?>... batches) {
        try (Rig rig = new Rig(seconds(1), settings)) {
            PushInputDStream<Object> records = rig.ssc.pushStream(Object.class);
            program.accept(records);
            rig.ssc.start();
            for (int batch = 1; batch <= batches.length; batch++) {
                batches[batch - 1].forEach(records::offer);
                rig.toBatch(batch);
            }
            rig.ssc.awaitTerminationOrTimeout(0);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static MillraceConf registered(MillraceConf conf) {
        return conf.registerKryoClasses(new Class<?>[] {Reading.class});
    }

    private PulledRange range(String name, Class<?>... classes) {
        return new FileRanges(new FileReading(ledger, 1 << 20, 1 << 16, 1 << 20, warning -> {}))
                .objects(dir.resolve(name).toString(), ProgramClasses.of(List.of(classes)));
    }

    private List<Object> read(String name, Class<?>... classes) throws Exception {
        PulledRange range = range(name, classes);
        List<Object> records = new ArrayList<>();
        Chunk chunk = new Chunk();
        for (int partition = 0; partition < range.partitionCount(); partition++) {
            try (RangeReader reader = range.open(partition)) {
                while (reader.next(chunk)) {
                    for (int row = 0; row < chunk.rows(); row++) {
                        records.add(ChunkRows.record(chunk, row));
                    }
                }
            }
        }
        assertEquals(0, ledger.usedBytes());
        return records;
    }

    @Test
    void everyKindOfRecordComesBack() throws Exception {
        List<Object> records = Arrays.asList(
                "grüß \ud83d\ude00",
                "lone \ud834",
                "",
                7,
                -1L,
                2.5,
                0.1f,
                true,
                (short) 3,
                'c',
                null,
                pair("a", 1),
                pair(null, pair(1L, "b")),
                new Tuple3<>("a", 1, null),
                new Reading("s", 0.5, List.of(1, 2)),
                new BigDecimal("1.50"),
                new ArrayList<>(List.of(1, "a")),
                Optional.of(pair("k", 1)),
                Set.of("x"));
        run(SaveAsObjectFilesTest::registered, all -> all.saveAsObjectFiles(prefix(), "mro"), records);
        assertEquals(List.of("_SUCCESS", "part-00000"), Saved.names(dir.resolve("out-1000.mro")));
        assertEquals(records, read("out-1000.mro", Reading.class));
    }

    @Test
    void bytesComeBack() throws Exception {
        run(conf -> conf, all -> all.saveAsObjectFiles(prefix()), List.of(new byte[] {1, -1}));
        assertArrayEquals(new byte[] {1, -1}, (byte[]) read("out-1000").get(0));
    }

    @Test
    void keyedRecordsComeBackInTheirLanes() throws Exception {
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<String> lines = rig.ssc.pushStream(String.class);
            lines.flatMap(Text.split(' '))
                    .mapToPair(Text.pairWith(1))
                    .reduceByKey((x, y) -> x + y)
                    .saveAsObjectFiles(prefix());
            rig.ssc.start();
            lines.offer("a b a");
            lines.offer("c");
            rig.toBatch(1);
        }
        assertEquals(Set.of(pair("a", 2), pair("b", 1), pair("c", 1)), new HashSet<>(read("out-1000")));
        Chunk chunk = new Chunk();
        PulledRange range = range("out-1000");
        assertEquals(2, range.partitionCount(), "a partition per part file");
        for (int partition = 0; partition < 2; partition++) {
            try (RangeReader reader = range.open(partition)) {
                while (reader.next(chunk)) {
                    assertEquals(ElementType.UTF8, chunk.first().type());
                    assertEquals(ElementType.INT, chunk.second().type());
                }
            }
        }
    }

    @Test
    void anEmptyBatchIsADirectoryThatCanBeRead() throws Exception {
        run(conf -> conf, all -> all.saveAsObjectFiles(prefix()), List.of());
        assertEquals(List.of(), read("out-1000"));
    }

    @Test
    void aClassThatIsNotRegisteredIsNamedAndTheBatchLeavesNothing() throws Exception {
        MillraceException refused = assertThrows(
                MillraceException.class,
                () -> run(
                        conf -> conf,
                        all -> {
                            all.map(x -> x.equals(1) ? new Unregistered(1) : x).saveAsObjectFiles(prefix());
                            all.saveAsObjectFiles(prefix() + "-plain");
                        },
                        List.of(0, 1),
                        List.of(2)));
        assertTrue(
                refused.getMessage().startsWith("'saveAsObjectFiles-1' cannot save partition 0"), refused.getMessage());
        assertTrue(
                refused.getMessage()
                        .contains("conf.registerKryoClasses(new Class<?>[] {"
                                + "io.millrace.scenario.SaveAsObjectFilesTest.Unregistered.class})"),
                refused.getMessage());
        assertEquals(List.of("out-2000", "out-plain-1000", "out-plain-2000"), Saved.names(dir));
        assertEquals(List.of(2), read("out-2000"));
    }

    @Test
    void aReaderThatDidNotRegisterTheClassIsToldFileAndLine() {
        run(
                SaveAsObjectFilesTest::registered,
                all -> all.map(x -> new Reading("s", 1, List.of())).saveAsObjectFiles(prefix()),
                List.of(1));
        MillraceException refused = assertThrows(MillraceException.class, () -> read("out-1000"));
        assertTrue(refused.getMessage().contains("out-1000/part-00000"), refused.getMessage());
        assertTrue(refused.getMessage().contains("Reading.class})"), refused.getMessage());
    }

    @Test
    void aDamagedPartIsRefusedByName() throws Exception {
        run(conf -> conf, all -> all.saveAsObjectFiles(prefix()), List.of("a", "b"));
        Path part = dir.resolve("out-1000/part-00000");
        byte[] bytes = Files.readAllBytes(part);
        Files.write(part, Arrays.copyOf(bytes, bytes.length - 1));
        MillraceException cut = assertThrows(MillraceException.class, () -> read("out-1000"));
        assertTrue(cut.getMessage().contains(part.toString()), cut.getMessage());
        bytes[bytes.length - 40] ^= 4;
        Files.write(part, bytes);
        MillraceException changed = assertThrows(MillraceException.class, () -> read("out-1000"));
        assertTrue(changed.getMessage().contains("checksum"), changed.getMessage());
    }
}
