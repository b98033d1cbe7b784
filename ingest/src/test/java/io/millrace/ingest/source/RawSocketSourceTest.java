package io.millrace.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.StorageLevel;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.net.ScriptedSocketPort;
import io.millrace.offheap.block.BlockWriter;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.Seeds;
import io.millrace.plan.source.RawSocketSpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Blocks that come over a socket, each with its length before it. */
class RawSocketSourceTest {
    private final ScriptedSocketPort network = new ScriptedSocketPort();

    @RegisterExtension
    final IngestRoom room = new IngestRoom().sockets(network);

    private PushedSource open() {
        RawSocketSpec spec = new RawSocketSpec("host", 1, StorageLevel.MEMORY_ONLY);
        PushedSource source = room.closing(SourceDrivers.open(spec, 0, room.config(), room.ports()));
        source.start();
        return source;
    }

    /** Drive it as long as there is anything to do, cutting whenever the ring is full. */
    private static List<Object> play(PushedSource source) {
        List<Object> records = new ArrayList<>();
        for (int idle = 0; idle < 20; idle++) {
            while (source.doWork() > 0) {
                idle = 0;
            }
            records.addAll(IngestRoom.recordsOf(source.cut()));
        }
        return records;
    }

    private static byte[] frame(byte[] block) {
        return ByteBuffer.allocate(4 + block.length)
                .putInt(block.length)
                .put(block)
                .array();
    }

    private static byte[] longs(long... values) {
        BlockWriter writer = new BlockWriter(ElementType.LONG);
        Arrays.stream(values).forEach(writer::appendLong);
        return writer.finish().array();
    }

    private static byte[] texts(String... values) {
        BlockWriter writer = new BlockWriter(ElementType.UTF8);
        Arrays.stream(values).forEach(writer::appendText);
        return writer.finish().array();
    }

    @Test
    void blocksArriveWhateverThePiecesTheyAreSentIn() {
        Seeds.play(20, random -> {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long[] numbers = LongStream.range(0, random.nextInt(1_000)).toArray();
                Arrays.stream(numbers).forEach(expected::add);
                sent.writeBytes(frame(longs(numbers)));
                sent.writeBytes(frame(texts("grüße", "" + i)));
                expected.addAll(List.of("grüße", "" + i));
            }
            byte[] all = sent.toByteArray();
            List<byte[]> pieces = new ArrayList<>();
            for (int from = 0; from < all.length; ) {
                int to = Math.min(all.length, from + 1 + random.nextInt(5_000));
                pieces.add(Arrays.copyOfRange(all, from, to));
                from = to;
            }
            network.sendsBytes(pieces.toArray(byte[][]::new));
            assertEquals(expected, play(open()));
        });
    }

    @Test
    void aDamagedBlockIsReportedAndCountedAndTheConnectionIsMadeAnew() {
        byte[] damaged = frame(longs(3, 4));
        damaged[damaged.length - 1] ^= 1;
        network.sendsBytes(frame(longs(1, 2)), damaged, frame(longs(5))).sendsBytes(frame(longs(6)));
        PushedSource source = open();
        assertEquals(List.of(1L, 2L), play(source));
        assertEquals(1, source.counters().errors());
        assertEquals(0, network.openConnections());
        room.stepMs(2_000);
        assertEquals(List.of(6L), play(source));
        String told = room.told().get(1);
        assertTrue(
                told.startsWith("stopped 0 reading from host:1 failed: a block was refused, and nothing of it was"),
                told);
        assertTrue(told.contains("checksum"), told);
        assertTrue(told.contains("connecting again in 2000 ms"), told);
    }

    @Test
    void aLengthThatNoBlockHasIsRefusedBeforeItIsWaitedFor() {
        for (int length : new int[] {-1, 0, 23, room.config().maxRecordBytes() + 1}) {
            network.sendsBytes(ByteBuffer.allocate(8).putInt(length).array());
            PushedSource source = open();
            assertEquals(List.of(), play(source));
            assertEquals(1, source.counters().errors());
            String told = room.told().get(room.told().size() - 1);
            assertTrue(told.contains("a block of " + length + " bytes is announced, expected 24 to 16384"), told);
        }
    }

    @Test
    void aConnectionThatEndsInsideABlockIsToldSo() {
        byte[] whole = frame(longs(1));
        network.sendsBytes(whole, Arrays.copyOf(whole, 14))
                .sendsBytes(new byte[] {0, 0})
                .sendsBytes(whole);
        PushedSource source = open();
        assertEquals(List.of(1L), play(source));
        room.stepMs(2_000);
        assertEquals(List.of(), play(source));
        room.stepMs(2_000);
        assertEquals(List.of(1L), play(source));
        assertTrue(
                room.told().get(1).contains("no more data from host:1, in the middle of a block, 10 of its 32 bytes"),
                room.told()::toString);
        assertTrue(room.told().get(3).contains("in the middle of a length, 2 of its 4 bytes"), room.told()::toString);
        assertEquals(2, source.counters().errors());
    }

    @Test
    void aStopLetsABlockThatWaitsForRoomIn() {
        long[] numbers = LongStream.range(0, 2_000).toArray();
        network.sendsBytes(frame(longs(numbers)), frame(longs(1)));
        PushedSource source = open();
        while (source.doWork() > 0 || source.counters().ringFull() == 0) {
            Thread.onSpinWait();
        }
        source.requestStop();
        List<Object> got = new ArrayList<>();
        while (!source.isStopped()) {
            source.doWork();
            got.addAll(IngestRoom.recordsOf(source.cut()));
        }
        got.addAll(IngestRoom.recordsOf(source.cut()));
        assertEquals(Arrays.stream(numbers).boxed().toList(), got);
    }
}
