package io.millrace.offheap.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlockTest {

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final SlabPool pool = new SlabPool(leaks.ledger(), SlabPool.DEFAULT_SLAB_BYTES, 4);

    @AfterEach
    void closePool() {
        assertEquals(0, pool.heldCount(), "slabs still held");
        pool.close();
    }

    private static boolean append(Slab slab, Object value) {
        return switch (slab.type()) {
            case UTF8 -> {
                byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
                yield slab.appendBytes(bytes, 0, bytes.length);
            }
            case INT -> slab.appendLong((Integer) value);
            case LONG -> slab.appendLong((Long) value);
            case BOOLEAN -> slab.appendLong((Boolean) value ? 1 : 0);
            case DOUBLE -> slab.appendDouble((Double) value);
            case FLOAT -> slab.appendDouble((Float) value);
            default -> slab.appendRef(value);
        };
    }

    private static Object value(ElementType type, Random random) {
        return switch (type) {
            case UTF8 -> "x".repeat(random.nextInt(200)) + random.nextInt();
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE -> random.nextDouble();
            case FLOAT -> random.nextFloat();
            default -> random.nextInt(5) == 0 ? null : List.of(random.nextInt());
        };
    }

    private Slab slabOf(ElementType type, Object... values) {
        Slab slab = pool.tryAcquire(type);
        for (Object value : values) {
            assertTrue(append(slab, value));
        }
        slab.publish(1);
        return slab;
    }

    private static SlabSlice slice(Slab slab, int fromRow, int toRow) {
        slab.retain();
        return new SlabSlice(slab, fromRow, toRow);
    }

    private static List<Object> rows(BlockReader reader) {
        List<Object> rows = new ArrayList<>();
        Chunk chunk = new Chunk();
        while (reader.next(chunk)) {
            assertTrue(chunk.rows() > 0 && chunk.rows() <= Chunk.MAX_ROWS);
            for (int row = 0; row < chunk.rows(); row++) {
                rows.add(chunk.first().get(row));
            }
        }
        assertEquals(0, chunk.rows());
        return rows;
    }

    @Test
    void aBlockShowsTheRowsOfItsSlicesInOrder() {
        Slab words = slabOf(ElementType.UTF8, "not mine", "to", "be", "or", "not mine either");
        Slab numbers = slabOf(ElementType.INT, 1, 2);
        Block block = new Block(
                new BlockId(3, 17), List.of(slice(words, 1, 3), slice(words, 3, 4), slice(numbers, 0, 2)), 42);
        words.seal();
        numbers.seal();

        assertEquals(List.of("to", "be", "or", 1, 2), rows(block.reader()));
        assertEquals(5, block.rowCount());
        assertEquals(2 + 2 + 2 + 16, block.byteCount());
        assertEquals(42, block.oldestNanos());
        assertEquals("input-3-17", block.id().toString());
        assertEquals("input-3-17 (5 rows, 22 bytes)", block.toString());
        block.release();
    }

    @Test
    void anEmptyBlockHasNoRows() {
        Block block = new Block(new BlockId(0, 0), List.of(), 0);
        assertEquals(List.of(), rows(block.reader()));
        assertEquals(0, block.rowCount());
        block.release();
    }

    @Test
    void everyTypeComesBackAsItWentInThroughManySlabsAndChunks() {
        for (ElementType type : ElementType.values()) {
            if (type == ElementType.BYTES) {
                continue; // as UTF8, but arrays are not equal
            }
            Seeds.play(5, random -> {
                List<Object> expected = new ArrayList<>();
                List<SlabSlice> slices = new ArrayList<>();
                for (int s = 0; s < 3; s++) {
                    Slab slab = pool.tryAcquire(type);
                    int wanted = random.nextInt(5000);
                    int cut = 0;
                    for (int i = 0; i < wanted; i++) {
                        Object value = value(type, random);
                        if (!append(slab, value)) {
                            break;
                        }
                        expected.add(value);
                        if (random.nextInt(1000) == 0) {
                            slab.publish(i);
                            slices.add(slice(slab, cut, slab.rows()));
                            cut = slab.rows();
                        }
                    }
                    slab.publish(1);
                    slices.add(slice(slab, cut, slab.rows()));
                    slab.seal();
                }
                Block block = new Block(new BlockId(0, 1), slices, 0);
                assertEquals(expected, rows(block.reader()));
                assertEquals(expected.size(), block.rowCount());
                block.release();
            });
        }
    }

    @Test
    void twoReadersOfOneBlockAreIndependent() {
        Slab slab = slabOf(ElementType.LONG, 1L, 2L);
        Block block = new Block(new BlockId(0, 0), List.of(slice(slab, 0, 2)), 0);
        slab.seal();
        BlockReader one = block.reader();
        BlockReader two = block.reader();
        assertTrue(one.next(new Chunk()));
        assertEquals(List.of(1L, 2L), rows(two));
        assertFalse(one.next(new Chunk()));
        block.release();
    }

    @Test
    void aReaderServesOneBlockAfterTheOther() {
        Slab slab = slabOf(ElementType.REF, "a", "b", "c");
        Block first = new Block(new BlockId(0, 0), List.of(slice(slab, 0, 1)), 0);
        Block second = new Block(new BlockId(0, 1), List.of(slice(slab, 1, 3)), 0);
        slab.seal();
        BlockReader reader = new BlockReader();
        assertEquals(List.of(), rows(reader));
        reader.reset(first);
        assertEquals(List.of("a"), rows(reader));
        reader.reset(second);
        assertEquals(List.of("b", "c"), rows(reader));
        first.release();
        second.release();
    }

    @Test
    void aReaderAtItsEndKeepsNoObjectAlive() {
        Slab slab = slabOf(ElementType.REF, "a");
        Block block = new Block(new BlockId(0, 0), List.of(slice(slab, 0, 1)), 0);
        slab.seal();
        BlockReader reader = block.reader();
        Chunk chunk = new Chunk();
        reader.next(chunk);
        var column = chunk.first();
        assertEquals("a", column.get(0));
        assertFalse(reader.next(chunk));
        assertNull(column.get(0));
        block.release();
    }

    @Test
    void releaseLetsGoOfEverySlabOnce() {
        Slab slab = slabOf(ElementType.LONG, 1L, 2L);
        Block block = new Block(new BlockId(0, 0), List.of(slice(slab, 0, 1), slice(slab, 1, 2)), 0);
        block.release();
        block.release();
        assertEquals(1, pool.heldCount(), "the writer still holds it");
        slab.seal();
        assertEquals(0, pool.heldCount());
    }

    @Test
    void aReleasedBlockRefusesToBeRead() {
        Slab slab = slabOf(ElementType.LONG, 1L);
        Block block = new Block(new BlockId(7, 9), List.of(slice(slab, 0, 1)), 0);
        slab.seal();
        BlockReader reader = block.reader();
        block.release();
        assertTrue(block.isReleased());
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> reader.next(new Chunk()));
        assertTrue(refused.getMessage().contains("input-7-9"));
        assertThrows(IllegalStateException.class, block::reader);
    }

    @Test
    void aSliceOfRowsThatAreNotPublishedIsRefused() {
        Slab slab = slabOf(ElementType.LONG, 1L, 2L);
        slab.appendLong(3);
        assertThrows(IllegalArgumentException.class, () -> new SlabSlice(slab, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> new SlabSlice(slab, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SlabSlice(slab, 2, 1));
        assertEquals(0, new SlabSlice(slab, 2, 2).rowCount());
        slab.seal();
    }
}
