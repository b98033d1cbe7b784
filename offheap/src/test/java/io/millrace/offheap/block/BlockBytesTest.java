package io.millrace.offheap.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlockBytesTest {

    /** The example of docs/block-format.md. */
    private static final String DOCUMENTED =
            "4d52424b 0100 06 00 03000000 11000000 00000000 5cbcb2bb" + "02000000 02000000 05000000 746f c3b621";

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final SlabPool pool = new SlabPool(leaks.ledger(), 1024, 4);
    private final BlockBytesReader reader = new BlockBytesReader();

    @AfterEach
    void closePool() {
        assertEquals(0, pool.heldCount(), "slabs still held");
        pool.close();
    }

    private List<Object> rows(ByteBuffer bytes) {
        reader.wrap(bytes);
        List<SlabSlice> slices = new ArrayList<>();
        while (reader.remainingRows() > 0) {
            Slab slab = reader.nextRowBytes() > 500
                    ? pool.tryAcquireLarge(reader.type(), reader.nextRowBytes())
                    : pool.tryAcquire(reader.type());
            int copied = reader.copyTo(slab);
            assertTrue(copied > 0);
            assertEquals(0, reader.remainingRows() == 0 ? 0 : reader.copyTo(slab), "there was no more room");
            slab.publish(1);
            slab.retain();
            slices.add(new SlabSlice(slab, 0, copied));
            slab.seal();
        }
        Block block = new Block(new BlockId(0, 0), slices, 1);
        List<Object> rows = new ArrayList<>();
        BlockReader blockReader = block.reader();
        Chunk chunk = new Chunk();
        while (blockReader.next(chunk)) {
            for (int row = 0; row < chunk.rows(); row++) {
                Object value = chunk.first().get(row);
                rows.add(value instanceof byte[] array ? HexFormat.of().formatHex(array) : value);
            }
        }
        block.release();
        return rows;
    }

    private static ByteBuffer texts(String... texts) {
        BlockWriter writer = new BlockWriter(ElementType.UTF8);
        for (String text : texts) {
            writer.appendText(text);
        }
        return writer.finish();
    }

    @Test
    void theBytesAreThoseOfTheDocumentedExample() {
        ByteBuffer block = texts("to", "", "ö!");
        assertEquals(DOCUMENTED.replace(" ", ""), HexFormat.of().formatHex(block.array(), 0, block.limit()));
    }

    @Test
    void everyTypeComesBackAsItWentIn() {
        BlockWriter ints = new BlockWriter(ElementType.INT);
        ints.appendLong(Integer.MIN_VALUE);
        ints.appendLong(7);
        assertEquals(List.of(Integer.MIN_VALUE, 7), rows(ints.finish()));

        BlockWriter longs = new BlockWriter(ElementType.LONG);
        longs.appendLong(Long.MAX_VALUE);
        assertEquals(List.of(Long.MAX_VALUE), rows(longs.finish()));

        BlockWriter booleans = new BlockWriter(ElementType.BOOLEAN);
        booleans.appendLong(1);
        booleans.appendLong(0);
        assertEquals(List.of(true, false), rows(booleans.finish()));

        BlockWriter doubles = new BlockWriter(ElementType.DOUBLE);
        doubles.appendDouble(Double.NaN);
        doubles.appendDouble(-0.0);
        assertEquals(List.of(Double.NaN, -0.0), rows(doubles.finish()));

        BlockWriter floats = new BlockWriter(ElementType.FLOAT);
        floats.appendDouble(0.1f);
        floats.appendDouble(Float.NaN);
        floats.appendDouble(Float.NEGATIVE_INFINITY);
        assertEquals(List.of(0.1f, Float.NaN, Float.NEGATIVE_INFINITY), rows(floats.finish()));

        BlockWriter bytes = new BlockWriter(ElementType.BYTES);
        bytes.appendBytes(new byte[] {9, -1, -2, 9}, 1, 2);
        bytes.appendBytes(new byte[0], 0, 0);
        assertEquals(List.of("fffe", ""), rows(bytes.finish()));

        assertEquals(List.of("to", "", "ö!"), rows(texts("to", "", "ö!")));
    }

    @Test
    void aBlockOfNoRowsIsABlock() {
        for (ElementType type : ElementType.values()) {
            if (type != ElementType.REF) {
                assertEquals(List.of(), rows(new BlockWriter(type).finish()));
            }
        }
    }

    @Test
    void randomTextsComeBackThroughSlabsOfEverySize() {
        Seeds.play(100, random -> {
            List<String> expected = new ArrayList<>();
            BlockWriter writer = new BlockWriter(ElementType.UTF8);
            int count = random.nextInt(300);
            for (int i = 0; i < count; i++) {
                int length = random.nextInt(20) == 0 ? random.nextInt(3000) : random.nextInt(30);
                String text = (random.nextBoolean() ? "é" : "a").repeat(length);
                expected.add(text);
                if (random.nextBoolean()) {
                    writer.appendText(text);
                } else {
                    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                    writer.appendBytes(utf8, 0, utf8.length);
                }
            }
            assertEquals(count, writer.rowCount());
            assertEquals(expected, rows(writer.finish()));
        });
    }

    @Test
    void anyKindOfBufferIsReadBetweenItsPositionAndLimit() {
        ByteBuffer block = texts("to", "be");
        for (ByteBuffer target : new ByteBuffer[] {ByteBuffer.allocate(500), ByteBuffer.allocateDirect(500)}) {
            target.position(13).put(block.duplicate());
            target.limit(target.position()).position(13);
            assertEquals(List.of("to", "be"), rows(target));
            assertEquals(List.of("to", "be"), rows(target.asReadOnlyBuffer()));
            assertEquals(List.of("to", "be"), rows(target.slice()));
            assertEquals(13, target.position(), "the position stays");
        }
    }

    @Test
    void aBlockCutAtAnyByteOrWithOneTooManyIsRefused() {
        for (ByteBuffer whole : samples()) {
            for (int length = 0; length < whole.limit(); length++) {
                ByteBuffer cut = whole.duplicate().limit(length);
                assertThrows(CorruptBlockException.class, () -> reader.wrap(cut), "cut to " + length);
                assertEquals(0, reader.remainingRows());
            }
            ByteBuffer longer = ByteBuffer.allocate(whole.limit() + 1)
                    .put(whole.duplicate())
                    .position(0);
            assertThrows(CorruptBlockException.class, () -> reader.wrap(longer));
        }
    }

    @Test
    void aBlockWithAnyByteChangedIsRefused() {
        for (ByteBuffer whole : samples()) {
            for (int at = 0; at < whole.limit(); at++) {
                for (int change : new int[] {0x01, 0x80, 0xFF, 0x10}) {
                    ByteBuffer changed = ByteBuffer.allocate(whole.limit()).put(whole.duplicate());
                    changed.put(at, (byte) (changed.get(at) ^ change)).flip();
                    assertThrows(CorruptBlockException.class, () -> reader.wrap(changed), "changed at " + at);
                }
            }
        }
    }

    private static List<ByteBuffer> samples() {
        BlockWriter doubles = new BlockWriter(ElementType.DOUBLE);
        doubles.appendDouble(1.5);
        doubles.appendDouble(-2);
        BlockWriter booleans = new BlockWriter(ElementType.BOOLEAN);
        booleans.appendLong(1);
        return List.of(
                texts("to", "be", "", "or not ö to be"),
                doubles.finish(),
                booleans.finish(),
                new BlockWriter(ElementType.BYTES).finish());
    }

    @Test
    void aRefusalNamesTheOffsetAndBothChecksums() {
        ByteBuffer block = texts("to", "be");
        int written = block.getInt(BlockDescriptor.CHECKSUM_OFFSET);
        block.put(block.limit() - 1, (byte) 'x');
        CorruptBlockException refused = assertThrows(CorruptBlockException.class, () -> reader.wrap(block));
        assertEquals(20, refused.offset());
        assertTrue(refused.getMessage().contains(Integer.toHexString(written)));
        assertTrue(refused.getMessage().contains(Integer.toHexString(BlockDescriptor.checksum(block))));
    }

    /** Change a block as a wrong writer would, with the checksum that goes with it. */
    private static ByteBuffer wronglyMade(ByteBuffer block, int offset, long value, int bytes) {
        ByteBuffer wrong = ByteBuffer.allocate(block.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        wrong.put(block.duplicate()).flip();
        for (int i = 0; i < bytes; i++) {
            wrong.put(offset + i, (byte) (value >>> 8 * i));
        }
        return wrong.putInt(BlockDescriptor.CHECKSUM_OFFSET, BlockDescriptor.checksum(wrong));
    }

    private void assertRefusedAt(long offset, ByteBuffer bytes) {
        CorruptBlockException refused = assertThrows(CorruptBlockException.class, () -> reader.wrap(bytes));
        assertEquals(offset, refused.offset(), refused.getMessage());
        assertEquals(0, reader.remainingRows());
    }

    @Test
    void whatAWrongWriterMakesIsRefusedThoughItsChecksumIsRight() {
        ByteBuffer text = texts("to", "be", "ö");
        assertRefusedAt(4, wronglyMade(text, 4, 2, 2));
        assertRefusedAt(6, wronglyMade(text, 6, 0, 1));
        assertRefusedAt(6, wronglyMade(text, 6, 8, 1));
        assertRefusedAt(7, wronglyMade(text, 7, 1, 1));
        assertRefusedAt(16, wronglyMade(text, 16, 1, 4));
        assertRefusedAt(8, wronglyMade(text, 8, -1, 4));
        assertRefusedAt(8, wronglyMade(text, 8, 100, 4));
        assertRefusedAt(8, wronglyMade(text, 8, Integer.MAX_VALUE, 4));
        assertRefusedAt(8, wronglyMade(text, 6, 2, 1));
        assertRefusedAt(24, wronglyMade(text, 24, -1, 4));
        assertRefusedAt(28, wronglyMade(text, 28, 1, 4));
        assertRefusedAt(32, wronglyMade(text, 32, 7, 4));
        assertRefusedAt(40, wronglyMade(text, 32, 4, 4));
        assertRefusedAt(40, wronglyMade(text, 32, 5, 4));
        assertRefusedAt(36, wronglyMade(text, 36, 0xFF, 1));

        BlockWriter booleans = new BlockWriter(ElementType.BOOLEAN);
        booleans.appendLong(1);
        assertRefusedAt(24, wronglyMade(booleans.finish(), 24, 2, 1));
        BlockWriter ints = new BlockWriter(ElementType.INT);
        ints.appendLong(1);
        ints.appendLong(1);
        assertRefusedAt(32, wronglyMade(ints.finish(), 36, 1, 1));
        BlockWriter floats = new BlockWriter(ElementType.FLOAT);
        floats.appendDouble(1);
        assertRefusedAt(24, wronglyMade(floats.finish(), 24, Double.doubleToLongBits(0.1), 8));
    }

    @Test
    void rowsThatAreNotOfTheTypeAreRefusedByTheWriter() {
        assertThrows(IllegalArgumentException.class, () -> new BlockWriter(ElementType.REF));
        BlockWriter text = new BlockWriter(ElementType.UTF8);
        assertThrows(IllegalArgumentException.class, () -> text.appendText("lone \uD834"));
        assertThrows(IllegalArgumentException.class, () -> text.appendBytes(new byte[] {(byte) 0xFF}, 0, 1));
        assertThrows(IllegalStateException.class, () -> text.appendLong(1));
        assertThrows(IllegalStateException.class, () -> new BlockWriter(ElementType.BYTES).appendText("text"));
        assertThrows(IllegalArgumentException.class, () -> new BlockWriter(ElementType.INT).appendLong(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> new BlockWriter(ElementType.BOOLEAN).appendLong(2));
        assertThrows(IllegalArgumentException.class, () -> new BlockWriter(ElementType.FLOAT).appendDouble(0.1));
        assertThrows(IllegalStateException.class, () -> new BlockWriter(ElementType.FLOAT).appendLong(1));
        assertEquals(0, text.rowCount());
    }

    @Test
    void aSlabOfAnotherTypeIsRefused() {
        reader.wrap(texts("to"));
        Slab slab = pool.tryAcquire(ElementType.BYTES);
        assertThrows(IllegalArgumentException.class, () -> reader.copyTo(slab));
        slab.seal();
        assertEquals(2, reader.nextRowBytes());
    }

    @Test
    void aRowCanBeLeftOut() {
        reader.wrap(texts("to", "be"));
        reader.skipRow();
        Slab slab = pool.tryAcquire(ElementType.UTF8);
        assertEquals(1, reader.copyTo(slab));
        assertEquals(2, slab.rowEnd(0) - slab.rowStart(0));
        assertEquals(0, reader.remainingRows());
        slab.seal();
    }

    @Test
    void thereIsNoRowBehindTheLast() {
        reader.wrap(texts());
        assertThrows(IllegalStateException.class, reader::nextRowBytes);
        assertThrows(IllegalStateException.class, reader::skipRow);
    }
}
