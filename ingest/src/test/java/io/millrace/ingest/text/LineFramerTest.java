package io.millrace.ingest.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millrace.ingest.Flow;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.block.BlockCutter;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.memory.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LineFramerTest {
    private static final int SLAB_BYTES = 256;
    private static final int MAX_RECORD_BYTES = 3_000;

    @RegisterExtension
    final IngestRoom room = new IngestRoom().slabBytes(SLAB_BYTES).ringSlabs(4).maxRecordBytes(MAX_RECORD_BYTES);

    @Test
    void everyKindOfLineEndCountsOnceWhereverThePiecesAreCut() {
        byte[] text = "one\ntwo\r\nthree\rfour\n\nsix\r\n\r\neight\r\rten\n\r\ntwelve".getBytes(UTF_8);
        List<String> expected = List.of("one", "two", "three", "four", "", "six", "", "eight", "", "ten", "", "twelve");
        assertEquals(expected, judge(text));
        for (int piece = 1; piece <= text.length; piece++) {
            assertEquals(expected, new Reading().inPiecesOf(piece, text).end(), "pieces of " + piece + " bytes");
        }
    }

    @Test
    void aLastLineWithoutEndCountsAndAnEmptyOneDoesNot() {
        assertEquals(
                List.of("a"), new Reading().inPiecesOf(1, "a".getBytes(UTF_8)).end());
        assertEquals(
                List.of("a"), new Reading().inPiecesOf(1, "a\n".getBytes(UTF_8)).end());
        assertEquals(
                List.of("a"), new Reading().inPiecesOf(1, "a\r".getBytes(UTF_8)).end());
        assertEquals(List.of(), new Reading().inPiecesOf(1, new byte[0]).end());
    }

    @Test
    void afterTheEndTheNextStreamBeginsAfresh() {
        Reading reading = new Reading();
        assertEquals(List.of("a"), reading.inPiecesOf(1, "a\r".getBytes(UTF_8)).end());
        assertEquals(
                List.of("", "b"), reading.inPiecesOf(1, "\nb".getBytes(UTF_8)).end());
    }

    @Test
    void otherControlCharactersAreText() {
        byte[] text = "a\tb\u000Bc\fd\u0000e\u001F\u007F\nf".getBytes(UTF_8);
        assertEquals(judge(text), new Reading().inPiecesOf(7, text).end());
    }

    @Test
    void linesOfEveryLengthAroundASlabArriveWhole() {
        for (int length = SLAB_BYTES / 2; length <= 3 * SLAB_BYTES; length++) {
            byte[] text = ("start\n" + "x".repeat(length) + "\nend\n").getBytes(UTF_8);
            for (int piece : new int[] {13, SLAB_BYTES, 4 * SLAB_BYTES}) {
                assertEquals(judge(text), new Reading().inPiecesOf(piece, text).end(), "a line of " + length);
            }
        }
    }

    @Test
    void invalidUtf8BecomesTheReplacementCharacterAsInAString() {
        Reading reading = new Reading();
        byte[] text = "caf\u00e9\nna\u00efve\nplain\n\u00ff\u00fe\u00fd".getBytes(ISO_8859_1);
        assertEquals(judge(text), reading.inPiecesOf(3, text).end());
        assertEquals(3, reading.counters.repairedRecords());
    }

    @Test
    void validUtf8IsLeftAloneWhereverThePiecesAreCut() {
        Reading reading = new Reading();
        byte[] text = "grün\n日本語\n🙂🙃\nplain\n\uFFFD itself\n".getBytes(UTF_8);
        for (int piece = 1; piece <= text.length; piece++) {
            assertEquals(judge(text), reading.inPiecesOf(piece, text).end());
        }
        assertEquals(0, reading.counters.repairedRecords());
    }

    @Test
    void aLineLongerThanTheBoundIsLeftOutCountedAndReportedAndTheNextOneArrives() {
        Reading reading = new Reading();
        byte[] text = ("before\n" + "long".repeat(MAX_RECORD_BYTES) + "\nafter\n").getBytes(UTF_8);
        for (int piece : new int[] {100, 1_000, 100_000}) {
            assertEquals(
                    List.of("before", "after"), reading.inPiecesOf(piece, text).end());
        }
        assertEquals(3, reading.counters.oversizedRecords());
        assertEquals(3, room.told().size());
        assertTrue(room.told().get(0).contains("begins \"longlong"), room.told().get(0));
        assertTrue(
                room.told().get(0).contains("millrace.maxRecordBytes, 3000"),
                room.told().get(0));
    }

    @Test
    void theLongestLineAllowedArrivesAndOneByteMoreDoesNot() {
        String longest = "x".repeat(MAX_RECORD_BYTES);
        byte[] text = (longest + "\r\n" + longest + "x\r\n" + longest).getBytes(UTF_8);
        for (int piece : new int[] {1, 999, 100_000}) {
            assertEquals(
                    List.of(longest, longest),
                    new Reading().inPiecesOf(piece, text).end());
        }
    }

    @Test
    void aLongLineOfRubbishIsRepairedOrLeftOutWithoutAnArrayAsLongAsItself() throws Exception {
        int bound = 4 << 20;
        IngestRoom large = new IngestRoom().slabBytes(64 << 10).maxRecordBytes(bound);
        Reading reading = new Reading(large);
        byte[] repaired = new byte[bound / 3];
        byte[] leftOut = new byte[bound / 3 + 1];
        Arrays.fill(repaired, (byte) 0xFF);
        Arrays.fill(leftOut, (byte) 0xFF);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        reading.inPiecesOf(1 << 20, repaired).inPiecesOf(1, "\n".getBytes(UTF_8));
        reading.inPiecesOf(1 << 20, leftOut).inPiecesOf(1, "\n".getBytes(UTF_8));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < bound / 8, allocated + " bytes allocated");
        assertEquals(List.of("\uFFFD".repeat(bound / 3)), reading.end());
        assertEquals(1, reading.counters.repairedRecords());
        assertEquals(1, reading.counters.oversizedRecords());
        large.close();
    }

    @Test
    void manyEmptyLinesFillTheDirectoryBeforeTheData() {
        byte[] text = "\n".repeat(5_000).getBytes(UTF_8);
        assertEquals(judge(text), new Reading().inPiecesOf(4_000, text).end());
    }

    @Test
    void aFullRingStopsTheFramerAndAfterACutItGoesOnWithoutLoss() {
        Reading reading = new Reading();
        byte[] text = "a line of some length\n".repeat(1_000).getBytes(UTF_8);
        ByteBuffer rest = ByteBuffer.wrap(text);
        int full = 0;
        while (reading.framer.write(rest) == OfferResult.FULL) {
            full++;
            assertNull(rest.remaining() > 0 && reading.isBlocked() ? reading.framer.window() : null);
            reading.cut();
        }
        assertTrue(full > 10, "full " + full + " times");
        assertEquals(judge(text), reading.end());
        assertTrue(reading.counters.ringFull() >= full);
    }

    @Test
    void atTheMemoryCapTheFramerWaitsUntilBlocksAreReleasedAndThenGoesOn() throws Exception {
        IngestRoom small =
                new IngestRoom().maxBytes(16 << 10).slabBytes(SLAB_BYTES).ringSlabs(512);
        Reading reading = new Reading(small);
        byte[] text = "some words of a line\n".repeat(5_000).getBytes(UTF_8);
        ByteBuffer rest = ByteBuffer.wrap(text);
        List<Block> held = new ArrayList<>();
        List<Object> got = new ArrayList<>();
        while (reading.framer.write(rest) == OfferResult.FULL) {
            Block block = reading.cutter.cut();
            if (block != null) {
                held.add(block);
            } else {
                assertTrue(!held.isEmpty(), "full although nothing is held");
                got.addAll(IngestRoom.recordsOf(held.remove(0)));
            }
        }
        held.forEach(block -> got.addAll(IngestRoom.recordsOf(block)));
        got.addAll(reading.end());
        assertEquals(judge(text), got);
        assertTrue(small.ledger().refusals() > 0);
        small.close();
    }

    @Test
    void randomTextInRandomPiecesEqualsWhatAReaderReads() {
        Seeds.play(300, random -> {
            Reading reading = new Reading();
            byte[] text = randomText(random);
            ByteBuffer rest = ByteBuffer.wrap(text);
            int largest = 1 + random.nextInt(random.nextBoolean() ? 20 : 2_000);
            while (rest.hasRemaining()) {
                reading.piece(rest, 1 + random.nextInt(largest));
                if (random.nextInt(10) == 0) {
                    reading.cut();
                }
            }
            assertEquals(judge(text), reading.end());
            reading.flow.close();
        });
    }

    private static byte[] randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int lines = random.nextInt(60);
        int kind = random.nextInt(4);
        String[] ends = {"\n", "\r\n", "\r", random.nextBoolean() ? "\n" : "\n\r"};
        for (int line = 0; line < lines; line++) {
            int length = random.nextInt(random.nextInt(8) == 0 ? MAX_RECORD_BYTES / 4 : 40);
            for (int i = 0; i < length; i++) {
                text.append(
                        switch (kind) {
                            case 0 -> (char) ('a' + random.nextInt(26));
                            case 1 -> (char) random.nextInt(0x100);
                            case 2 -> (char) random.nextInt(0x3000);
                            default -> random.nextInt(30) == 0 ? '\u00e9' : ' ';
                        });
            }
            text.append(ends[random.nextInt(ends.length)]);
        }
        // As ISO 8859-1 most of it is not UTF-8.
        return text.toString().getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1);
    }

    /** What any Java program would read. */
    private static List<String> judge(byte[] text) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new StringReader(new String(text, UTF_8)))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** A framer with a ring behind it that is cut whenever it is full. */
    private final class Reading {
        final Flow flow;
        final SourceCounters counters;
        final BlockCutter cutter;
        final LineFramer framer;
        private List<Object> lines = new ArrayList<>();

        Reading() {
            this(room);
        }

        Reading(IngestRoom room) {
            flow = new Flow(room);
            counters = flow.counters;
            cutter = flow.cutter;
            framer = new LineFramer(flow.producer);
        }

        Reading inPiecesOf(int bytes, byte[] text) {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                piece(rest, bytes);
            }
            return this;
        }

        void piece(ByteBuffer rest, int bytes) {
            ByteBuffer piece = rest.slice(rest.position(), Math.min(bytes, rest.remaining()));
            rest.position(rest.position() + piece.remaining());
            while (framer.write(piece) == OfferResult.FULL) {
                cut();
            }
        }

        boolean isBlocked() {
            return framer.resume() == OfferResult.ACCEPTED && framer.window() == null;
        }

        void cut() {
            lines.addAll(flow.cut());
        }

        List<Object> end() {
            while (framer.end() == OfferResult.FULL) {
                cut();
            }
            cut();
            List<Object> all = lines;
            lines = new ArrayList<>();
            return all;
        }
    }
}
