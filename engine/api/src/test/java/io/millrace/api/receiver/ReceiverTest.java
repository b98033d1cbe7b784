package io.millrace.api.receiver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Serialized;
import io.millrace.api.StorageLevel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReceiverTest {

    private final Words receiver = new Words();
    private final RecordingInlet inlet = new RecordingInlet();

    @Test
    void everyWayToStoreReachesTheInletOnce() {
        receiver.attach(inlet);
        byte[] bytes = "a b".getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);

        receiver.store("one");
        receiver.store(List.of("x", "y").iterator());
        receiver.store(List.of("x", "y").iterator(), "offset 7");
        receiver.store(List.of("x", "y"));
        receiver.store(List.of("x", "y"), "offset 7");
        receiver.store(buffer);
        receiver.store(buffer, "offset 7");
        receiver.storeUtf8(bytes, 0, 1);
        receiver.storeLines(buffer);
        receiver.store("one", 7);
        receiver.storeFrom(8, List.of("x", "y"));
        receiver.storeUtf8(bytes, 0, 1, 10);

        assertEquals(
                List.of(
                        "store one",
                        "store [x, y] null",
                        "store [x, y] offset 7",
                        "store [x, y] null",
                        "store [x, y] offset 7",
                        "storeBlock 3 null",
                        "storeBlock 3 offset 7",
                        "storeUtf8 a",
                        "storeLines 3",
                        "store one at 7",
                        "storeFrom 8 [x, y]",
                        "storeUtf8 a at 10"),
                inlet.calls);
    }

    @Test
    void errorsRestartsAndStopsReachTheInlet() {
        receiver.attach(inlet);
        IllegalStateException error = new IllegalStateException("e");
        receiver.reportError("report", error);
        receiver.restart("plain");
        receiver.restart("failed", error);
        receiver.restart("later", null, 100);
        receiver.stop("done");
        receiver.stop("failed", error);
        assertEquals(
                List.of(
                        "reportError report " + error,
                        "restart plain null 2000",
                        "restart failed " + error + " 2000",
                        "restart later null 100",
                        "stop done null",
                        "stop failed " + error),
                inlet.calls);
    }

    @Test
    void tellsWhetherItRunsAndWhichStreamItIs() {
        assertEquals(-1, receiver.streamId());
        receiver.attach(inlet);
        assertEquals(3, receiver.streamId());
        assertTrue(receiver.isStarted());
        assertFalse(receiver.isStopped());
        assertSame(StorageLevel.MEMORY_ONLY, receiver.storageLevel());
        assertEquals(Optional.empty(), receiver.preferredLocation());
    }

    @Test
    void whatIsDoneBeforeOnStartIsRefusedWithTheReason() {
        List<Consumer<Words>> tooEarly = List.of(
                r -> r.store("one"),
                r -> r.store(List.of("one")),
                r -> r.store(List.of("one").iterator(), null),
                r -> r.store(ByteBuffer.allocate(1)),
                r -> r.storeUtf8(new byte[1], 0, 1),
                r -> r.storeLines(ByteBuffer.allocate(1)),
                r -> r.store("one", 0),
                r -> r.storeFrom(0, List.of("one")),
                Words::lastPosition,
                r -> r.reportError("e", null),
                r -> r.restart("again"),
                r -> r.stop("done"),
                Words::isStarted,
                Words::isStopped);
        for (Consumer<Words> call : tooEarly) {
            String message = assertThrows(AssertionError.class, () -> call.accept(receiver))
                    .getMessage();
            assertTrue(message.contains(Words.class.getName()), message);
            assertTrue(message.contains("a computation in it started before onStart() was called"), message);
        }
    }

    @Test
    void argumentsThatCannotBeAreRefusedAtOnce() {
        receiver.attach(inlet);
        assertThrows(IllegalArgumentException.class, () -> receiver.restart("again", null, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> receiver.storeUtf8(new byte[4], 2, 3));
        assertThrows(IllegalArgumentException.class, () -> receiver.store("one", -1));
        assertThrows(IllegalArgumentException.class, () -> receiver.storeFrom(-1, List.of("one")));
        assertEquals(List.of(), inlet.calls);
    }

    @Test
    void travelsWithoutItsInlet() {
        receiver.attach(inlet);
        Words copy = Serialized.copyOf(receiver);
        assertEquals(-1, copy.streamId());
        assertEquals(StorageLevel.MEMORY_ONLY, copy.storageLevel());
    }

    @Test
    void belongsToOneStreamUntilThatLetsGo() {
        RecordingInlet other = new RecordingInlet();
        receiver.attach(inlet);
        receiver.attach(inlet);
        String message = assertThrows(IllegalStateException.class, () -> receiver.attach(other))
                .getMessage();
        assertTrue(message.contains("one Receiver object per stream"), message);
        receiver.detach(other);
        assertThrows(IllegalStateException.class, () -> receiver.attach(other));

        receiver.detach(inlet);
        receiver.store("late");
        assertEquals(List.of("store late"), inlet.calls);
        receiver.attach(other);
        receiver.store("next");
        assertEquals(List.of("store next"), other.calls);
        receiver.detach(inlet);
        assertThrows(IllegalStateException.class, () -> receiver.attach(inlet));
    }

    private static final class Words extends Receiver<String> {

        Words() {
            super(StorageLevel.MEMORY_ONLY);
        }

        @Override
        public void onStart() {}

        @Override
        public void onStop() {}
    }

    private static final class RecordingInlet implements Inlet<String> {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void store(String record) {
            calls.add("store " + record);
        }

        @Override
        public void store(Iterator<? extends String> records, Object metadata) {
            List<String> all = new ArrayList<>();
            records.forEachRemaining(all::add);
            calls.add("store " + all + " " + metadata);
        }

        @Override
        public void storeUtf8(byte[] bytes, int offset, int length) {
            calls.add("storeUtf8 " + new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void store(String record, long position) {
            calls.add("store " + record + " at " + position);
        }

        @Override
        public void storeFrom(long firstPosition, Iterator<? extends String> records) {
            List<String> all = new ArrayList<>();
            records.forEachRemaining(all::add);
            calls.add("storeFrom " + firstPosition + " " + all);
        }

        @Override
        public void storeUtf8(byte[] bytes, int offset, int length, long position) {
            calls.add("storeUtf8 " + new String(bytes, offset, length, StandardCharsets.UTF_8) + " at " + position);
        }

        @Override
        public long lastPosition() {
            return 11;
        }

        @Override
        public void storeLines(ByteBuffer utf8Lines) {
            calls.add("storeLines " + utf8Lines.remaining());
        }

        @Override
        public void storeBlock(ByteBuffer block, Object metadata) {
            calls.add("storeBlock " + block.remaining() + " " + metadata);
        }

        @Override
        public void reportError(String message, Throwable error) {
            calls.add("reportError " + message + " " + error);
        }

        @Override
        public void restart(String message, Throwable error, int delayMs) {
            calls.add("restart " + message + " " + error + " " + delayMs);
        }

        @Override
        public void stop(String message, Throwable error) {
            calls.add("stop " + message + " " + error);
        }

        @Override
        public boolean isStarted() {
            return true;
        }

        @Override
        public boolean isStopped() {
            return false;
        }

        @Override
        public int streamId() {
            return 3;
        }

        @Override
        public int defaultRestartDelayMs() {
            return 2000;
        }
    }
}
