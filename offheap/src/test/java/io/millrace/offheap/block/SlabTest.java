package io.millrace.offheap.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SlabTest {

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final SlabPool pool = new SlabPool(leaks.ledger(), 1024, 4);

    @AfterEach
    void closePool() {
        assertEquals(0, pool.heldCount(), "slabs still held");
        pool.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String row(Slab slab, int row) {
        int start = slab.rowStart(row);
        byte[] bytes = new byte[slab.rowEnd(row) - start];
        slab.buffer().getBytes(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void rowsAreSeenWhenTheyArePublishedAndNotBefore() {
        Slab slab = pool.tryAcquire(ElementType.UTF8);
        assertTrue(slab.appendBytes(utf8("one"), 0, 3));
        assertTrue(slab.appendBytes(new UnsafeBuffer(utf8("xtwox")), 1, 3));
        assertEquals(2, slab.rows());
        assertEquals(0, slab.publishedRows());

        slab.publish(1);
        assertEquals(2, slab.publishedRows());
        assertEquals("one", row(slab, 0));
        assertEquals("two", row(slab, 1));
        assertEquals(6, slab.bytesOf(0, 2));
        slab.seal();
    }

    @Test
    void aFullSlabSaysNoAndStaysAsItWas() {
        Slab slab = pool.tryAcquire(ElementType.BYTES);
        assertEquals(1016, slab.freeBytes(), "one row's directory entry is set aside");
        assertFalse(slab.appendBytes(new byte[1017], 0, 1017));
        assertTrue(slab.appendBytes(new byte[1000], 0, 1000));
        assertEquals(8, slab.freeBytes());
        assertFalse(slab.appendBytes(new byte[9], 0, 9));
        assertTrue(slab.appendBytes(new byte[8], 0, 8));
        assertEquals(0, slab.freeBytes());
        assertFalse(slab.appendBytes(new byte[0], 0, 0), "no room for its directory entry");
        assertEquals(2, slab.rows());
        slab.publish(1);
        assertEquals(1008, slab.bytesOf(0, 2));
        slab.seal();
    }

    @Test
    void aSlabOf64KibHasRoomUpToItsLastByte() {
        try (SlabPool usual = new SlabPool(leaks.ledger(), SlabPool.DEFAULT_SLAB_BYTES, 1)) {
            for (int rest = 0; rest <= 24; rest++) {
                Slab slab = usual.tryAcquire(ElementType.BYTES);
                int first = 65_536 - 8 - rest;
                assertTrue(slab.appendBytes(new byte[first], 0, first));
                assertEquals(Math.max(0, rest - 8), slab.freeBytes());
                assertEquals(rest >= 8, slab.appendBytes(new byte[0], 0, 0));
                assertEquals(rest >= 24, slab.appendBytes(new byte[8], 0, 8));
                slab.seal();
            }
        }
    }

    @Test
    void emptyRowsTakeOnlyTheirDirectoryEntry() {
        Slab slab = pool.tryAcquire(ElementType.UTF8);
        int rows = 0;
        while (slab.appendBytes(new byte[0], 0, 0)) {
            rows++;
        }
        assertEquals(1024 / 8, rows);
        slab.seal();
    }

    @Test
    void eightByteRowsFillTheSlabToItsLastByte() {
        Slab longs = pool.tryAcquire(ElementType.LONG);
        Slab doubles = pool.tryAcquire(ElementType.FLOAT);
        Slab refs = pool.tryAcquire(ElementType.REF);
        for (int i = 0; i < 128; i++) {
            assertTrue(longs.appendLong(i));
            assertTrue(doubles.appendDouble(i));
            assertTrue(refs.appendRef(i));
        }
        assertFalse(longs.appendLong(1));
        assertFalse(doubles.appendDouble(1));
        assertFalse(refs.appendRef(1));
        assertEquals(0, longs.freeBytes());
        assertEquals(128 * 8, longs.bytesOf(0, 128));
        assertEquals(0, refs.bytesOf(0, 128));
        List.of(longs, doubles, refs).forEach(Slab::seal);
    }

    @Test
    void textCanBeReceivedInPlace() {
        Slab slab = pool.tryAcquire(ElementType.UTF8);
        slab.appendBytes(utf8("before"), 0, 6);
        ByteBuffer window = slab.window();
        assertEquals(6, window.position());
        assertTrue(window.remaining() <= slab.freeBytes() * 7 / 8 + 1, "some is left for the directory");
        window.put(utf8("one\ntwo\nthr"));
        slab.advance(11);
        assertTrue(slab.appendRow(6, 9));
        assertTrue(slab.appendRow(10, 13));
        assertEquals(17, slab.dataEnd());
        slab.window().put(utf8("ee\n"));
        slab.advance(3);
        assertTrue(slab.appendRow(14, 19));
        slab.publish(1);

        assertEquals("before", row(slab, 0));
        assertEquals("one", row(slab, 1));
        assertEquals("two", row(slab, 2));
        assertEquals("three", row(slab, 3));
        slab.seal();
    }

    @Test
    void rowsOutsideTheDataAreRefused() {
        Slab slab = pool.tryAcquire(ElementType.UTF8);
        slab.advance(10);
        assertThrows(IllegalArgumentException.class, () -> slab.appendRow(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> slab.appendRow(4, 3));
        assertThrows(IllegalArgumentException.class, () -> slab.appendRow(4, 11));
        assertThrows(IllegalArgumentException.class, () -> slab.advance(1020));
        assertThrows(IllegalArgumentException.class, () -> slab.advance(-1));
        slab.seal();
    }

    @Test
    void aDirectoryWithoutRoomRefusesTheRowAndKeepsTheData() {
        Slab slab = pool.tryAcquire(ElementType.UTF8);
        slab.advance(1000);
        assertTrue(slab.appendRow(0, 1));
        assertTrue(slab.appendRow(1, 2));
        assertTrue(slab.appendRow(2, 3));
        assertFalse(slab.appendRow(3, 4));
        assertEquals(1000, slab.dataEnd());
        assertEquals(0, slab.window().remaining());
        slab.seal();
    }

    @Test
    void writingInAnotherLaneOrAfterSealIsRefused() {
        Slab slab = pool.tryAcquire(ElementType.LONG);
        slab.retain();
        assertThrows(IllegalStateException.class, () -> slab.appendDouble(1));
        assertThrows(IllegalStateException.class, () -> slab.appendRef(1));
        assertThrows(IllegalStateException.class, () -> slab.appendBytes(new byte[1], 0, 1));
        assertThrows(IllegalStateException.class, slab::window);
        slab.seal();
        assertTrue(slab.isSealed());
        assertThrows(IllegalStateException.class, () -> slab.appendLong(1));
        assertThrows(IllegalStateException.class, slab::seal);
        slab.release();
    }

    @Test
    void aSlabComesBackWhenTheLastOneLetsGo() {
        Slab slab = pool.tryAcquire(ElementType.REF);
        slab.appendRef("held");
        slab.publish(1);
        slab.retain();
        slab.retain();
        slab.seal();
        assertFalse(slab.release());
        assertEquals(0, pool.freeCount());
        assertTrue(slab.release());
        assertEquals(1, pool.freeCount());

        assertThrows(IllegalStateException.class, slab::release);
        assertThrows(IllegalStateException.class, slab::retain);
        assertSame(slab, pool.tryAcquire(ElementType.REF));
        assertEquals(0, slab.publishedRows());
        slab.seal();
    }

    @Test
    void theAgeIsThatOfTheOldestRowNotYetTaken() {
        Slab slab = pool.tryAcquire(ElementType.LONG);
        assertEquals(Slab.NEVER, slab.oldestNanos());
        slab.publish(5);
        assertEquals(Slab.NEVER, slab.oldestNanos(), "nothing was published");
        slab.appendLong(1);
        slab.publish(10);
        slab.appendLong(2);
        slab.publish(20);
        assertEquals(10, slab.oldestNanos());

        slab.markTaken(2);
        slab.appendLong(3);
        slab.publish(30);
        slab.appendLong(4);
        slab.publish(40);
        assertEquals(30, slab.oldestNanos());
        slab.seal();
    }

    @Test
    void everythingAppendedComesBackWhateverTheLengths() {
        Seeds.play(200, random -> {
            Slab slab = pool.tryAcquire(ElementType.BYTES);
            List<byte[]> expected = new ArrayList<>();
            byte[] record = new byte[random.nextInt(100)];
            random.nextBytes(record);
            while (slab.appendBytes(record, 0, record.length)) {
                expected.add(record);
                record = new byte[random.nextInt(100)];
                random.nextBytes(record);
            }
            slab.publish(1);
            assertEquals(expected.size(), slab.publishedRows());
            for (int i = 0; i < expected.size(); i++) {
                byte[] read = new byte[slab.rowEnd(i) - slab.rowStart(i)];
                slab.buffer().getBytes(slab.rowStart(i), read);
                assertArrayEquals(expected.get(i), read);
            }
            slab.seal();
        });
    }

    @Test
    void aReaderSeesWholeRowsWhileTheWriterWrites() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            Slab slab = pool.tryAcquire(ElementType.UTF8);
            slab.retain();
            AtomicReference<String> wrong = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                int seen = 0;
                boolean done = false;
                while (!done) {
                    done = slab.isSealed();
                    int published = slab.publishedRows();
                    for (; seen < published; seen++) {
                        if (!row(slab, seen).equals("row " + seen)) {
                            wrong.set("row " + seen + " read as " + row(slab, seen));
                        }
                    }
                    Thread.onSpinWait();
                }
                slab.release();
            });
            reader.start();
            byte[] record = utf8("row 0");
            for (int i = 0; slab.appendBytes(record, 0, record.length); record = utf8("row " + ++i)) {
                slab.publish(i);
            }
            slab.seal();
            reader.join();
            assertNull(wrong.get());
        }
    }
}
