package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.receiver.Receiver;
import io.millrace.plan.PlanNode;
import io.millrace.plan.source.FilesSpec;
import io.millrace.type.RecordType;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The inputs that a program can define: every call constructs (behaviour spec 1.1, 5.5, 5.11). */
class SourcesTest {
    private final StreamingContext ssc = new FakeBackend() {
        @Override
        public long timeMs() {
            return 12_345;
        }
    }.context();

    private static final class Nothing extends Receiver<String> {
        private static final long serialVersionUID = 1L;

        Nothing() {
            super(StorageLevel.MEMORY_ONLY);
        }

        @Override
        public void onStart() {}

        @Override
        public void onStop() {}
    }

    private List<PlanNode.Source> sources() {
        return ssc.plan().sources();
    }

    @Test
    void inputsAreNumberedInTheOrderOfTheirCreation() {
        ReceiverInputDStream<String> first = ssc.receiverStream(new Nothing());
        ReceiverInputDStream<String> second = ssc.socketTextStream("host", 9999);
        InputDStream<String> third = ssc.textFileStream("/data");
        InputDStream<byte[]> fourth = ssc.binaryRecordsStream("/data", 16);
        InputDStream<String> fifth = ssc.queueStream(new ArrayDeque<>());
        assertEquals(
                List.of(0, 1, 2, 3, 4),
                List.of(first.streamId(), second.streamId(), third.streamId(), fourth.streamId(), fifth.streamId()));
    }

    @Test
    void socketsOfEveryKindAreNamedInThePlan() {
        ReceiverInputDStream<String> converted =
                ssc.socketStream("host", 1, in -> List.of("" + in.read()), StorageLevel.MEMORY_ONLY());
        ReceiverInputDStream<String> raw = ssc.rawSocketStream("host", 2);
        ReceiverInputDStream<Long> leveled = ssc.rawSocketStream("host", 3, StorageLevel.MEMORY_AND_DISK_SER_2);
        assertEquals("converted socket host:1", converted.name());
        assertEquals("raw socket host:2", raw.name());
        assertEquals("raw socket host:3", leveled.name());
        assertEquals(RecordType.UNKNOWN, sources().get(0).spec().recordType());
    }

    @Test
    void filesOfEveryKindAreNamedAndTypedInThePlan() {
        ssc.textFileStream("/a/*");
        ssc.binaryRecordsStream("/b", 4);
        ssc.fileStream("/c", path -> Files.readAllLines(path).iterator());
        ssc.fileStream("/d", path -> List.of(path).iterator(), path -> path.endsWith("x"), false);
        assertEquals(
                List.of("files /a/*", "files /b", "files /c", "files /d"),
                sources().stream().map(source -> source.spec().name()).toList());
        assertEquals(
                List.of(RecordType.UTF8, RecordType.BYTES, RecordType.UNKNOWN, RecordType.UNKNOWN),
                sources().stream().map(source -> source.spec().recordType()).toList());
        FilesSpec usual = (FilesSpec) sources().get(0).spec();
        assertTrue(usual.newFilesOnly());
        assertNull(usual.filter());
        assertEquals(12_345, usual.definedMs(), "files are old or new by the moment the stream was defined");
    }

    @Test
    void argumentsThatCannotWorkAreRefusedAtTheCall() {
        assertThrows(IllegalArgumentException.class, () -> ssc.binaryRecordsStream("/b", 0));
        assertThrows(NullPointerException.class, () -> ssc.textFileStream(null));
        assertThrows(NullPointerException.class, () -> ssc.fileStream("/c", null));
        assertThrows(IllegalArgumentException.class, () -> ssc.rawSocketStream("host", 65_536));
        assertThrows(NullPointerException.class, () -> ssc.socketStream("host", 1, null, StorageLevel.MEMORY_ONLY));
        assertThrows(IllegalArgumentException.class, () -> ssc.socketStream("host", 0, in -> null, StorageLevel.NONE));
        assertEquals(List.of(), sources());
    }
}
