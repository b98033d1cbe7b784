package io.millrace.offheap.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import io.millrace.offheap.memory.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BytesKeyIndexTest {

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final BytesKeyIndex index = new BytesKeyIndex(leaks.ledger());

    @AfterEach
    void close() {
        index.close();
    }

    private static int[] slotsOf(BytesKeyIndex index, List<String> keys) {
        int total = keys.stream()
                .mapToInt(key -> key.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[total + MemoryRegion.PADDING]);
        buffer.setMemory(0, buffer.capacity(), (byte) '#');
        BytesColumn column = new BytesColumn();
        column.wrap(buffer, ElementType.UTF8);
        int end = 0;
        for (int row = 0; row < keys.size(); row++) {
            byte[] bytes = keys.get(row).getBytes(StandardCharsets.UTF_8);
            buffer.putBytes(end, bytes);
            column.starts()[row] = end;
            column.ends()[row] = end + bytes.length;
            end += bytes.length + 1;
        }
        int[] slots = new int[keys.size()];
        index.slotsOf(column, keys.size(), slots);
        return slots;
    }

    @Test
    void keysAreNumberedAsTheyAreFirstSeen() {
        assertArrayEquals(
                new int[] {0, 1, 2, 3, 0, 1, 4}, slotsOf(index, List.of("to", "be", "or", "not", "to", "be", "")));
        assertEquals(5, index.size());
        assertEquals("not", index.keyAt(3));
        assertEquals("", index.keyAt(4));
    }

    @Test
    void keysOfEveryLengthAreToldApartFromTheirNeighbours() {
        // "", "a", "aa" … and each again with its last byte changed, and with a zero byte behind it.
        List<String> keys = new ArrayList<>();
        for (int length = 0; length <= 70; length++) {
            keys.add("a".repeat(length));
            keys.add("a".repeat(length) + "\0");
            if (length > 0) {
                keys.add("a".repeat(length - 1) + "b");
            }
        }
        int[] expected = new int[keys.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = i;
        }
        assertArrayEquals(expected, slotsOf(index, keys));
        assertArrayEquals(expected, slotsOf(index, keys));
        for (int i = 0; i < keys.size(); i++) {
            assertEquals(keys.get(i), index.keyAt(i));
        }
    }

    @Test
    void theHashOfAKeyIsThatOfItsBytes() {
        for (int length = 0; length <= 40; length++) {
            String key = "0123456789".repeat(4).substring(0, length);
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[3 + length + MemoryRegion.PADDING]);
            buffer.setMemory(0, buffer.capacity(), (byte) '#');
            buffer.putBytes(3, key.getBytes(StandardCharsets.UTF_8));
            int slot = slotsOf(index, List.of(key))[0];
            assertEquals(index.hash(slot), KeyHash.of(buffer, 3, length), "length " + length);
        }
    }

    @Test
    void longKeysThatDifferInOneByteAnywhereAreDifferent() {
        for (int length : new int[] {7, 8, 9, 15, 16, 17, 23, 24, 25, 100}) {
            List<String> keys = new ArrayList<>();
            for (int changed = 0; changed < length; changed++) {
                keys.add("x".repeat(changed) + "y" + "x".repeat(length - changed - 1));
            }
            int known = index.size();
            int[] slots = slotsOf(index, keys);
            for (int i = 0; i < slots.length; i++) {
                assertEquals(known + i, slots[i], "length " + length);
            }
        }
    }

    @Test
    void whatStandsBehindAKeyDoesNotMatter() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[200]);
        Random random = new Random(1);
        for (int length = 0; length <= 40; length++) {
            byte[] key = "k".repeat(length).getBytes(StandardCharsets.US_ASCII);
            for (int time = 0; time < 5; time++) {
                byte[] noise = new byte[200];
                random.nextBytes(noise);
                buffer.putBytes(0, noise);
                int start = random.nextInt(100);
                buffer.putBytes(start, key);
                assertEquals(length, index.slotOf(buffer, start, start + length));
            }
        }
    }

    @Test
    void bytesOfAnyValueMakeAKey() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 + MemoryRegion.PADDING]);
        for (int round = 0; round < 2; round++) {
            for (int value = 0; value < 256; value++) {
                buffer.putByte(0, (byte) value);
                assertEquals(value, index.slotOf(buffer, 0, 1));
            }
        }
    }

    @Test
    void slotsAreThoseOfAMapForRandomKeysThroughGrowthAndClears() {
        Seeds.play(25, random -> {
            try (BytesKeyIndex tried = new BytesKeyIndex(leaks.ledger())) {
                for (int batch = 0; batch < 3; batch++) {
                    Map<String, Integer> judge = new HashMap<>();
                    int vocabulary = 1 + random.nextInt(5000);
                    String prefix = "p".repeat(random.nextInt(20));
                    for (int chunk = 0; chunk < 10; chunk++) {
                        List<String> keys = new ArrayList<>();
                        for (int row = 0; row < Chunk.MAX_ROWS; row++) {
                            int number = random.nextInt(vocabulary);
                            String pad = "é".repeat(number % 13);
                            keys.add(number % 3 == 0 ? prefix + number : pad + number + prefix);
                        }
                        int[] slots = slotsOf(tried, keys);
                        for (int row = 0; row < slots.length; row++) {
                            judge.putIfAbsent(keys.get(row), judge.size());
                            assertEquals(judge.get(keys.get(row)), slots[row]);
                        }
                    }
                    assertEquals(judge.size(), tried.size());
                    judge.forEach((key, slot) -> assertEquals(key, tried.keyAt(slot)));
                    tried.clear();
                    assertEquals(0, tried.size());
                }
            }
        });
    }

    @Test
    void longKeysOfTheSameHashLengthAndFirstBytesAreToldApart() {
        // Among 300,000 hashes of 32 bits some ten pairs are equal; without one this test would say nothing.
        Map<Integer, String> keyOfHash = new HashMap<>();
        int pairs = 0;
        try (BytesKeyIndex hashes = new BytesKeyIndex(leaks.ledger())) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[40 + MemoryRegion.PADDING]);
            buffer.setMemory(0, 40, (byte) 'x');
            for (int i = 0; i < 300_000; i++) {
                buffer.putInt(20, i);
                int slot = hashes.slotOf(buffer, 0, 27);
                assertEquals(i, slot);
                String key = hashes.keyAt(slot);
                String other = keyOfHash.put(hashes.hash(slot), key);
                if (other != null) {
                    pairs++;
                    assertNotEquals(other, key);
                }
            }
        }
        assertTrue(pairs > 0);
    }

    @Test
    void keysCanBeReadBackAsAColumn() {
        List<String> words = List.of("zero", "one", "a rather long word of many bytes", "", "four");
        slotsOf(index, words);
        BytesColumn out = new BytesColumn();
        index.readKeys(new int[] {99, 4, 2, 3, 0}, 1, 4, out);
        assertEquals(ElementType.UTF8, out.type());
        for (int row = 0; row < 4; row++) {
            assertEquals(List.of("four", words.get(2), "", "zero").get(row), out.get(row));
        }
        try (BytesKeyIndex other = new BytesKeyIndex(leaks.ledger())) {
            int[] slots = new int[4];
            other.slotsOf(out, 4, slots);
            assertArrayEquals(new int[] {0, 1, 2, 3}, slots, "the bytes read back can be keys of another index");
            assertEquals(index.hash(4), other.hash(0));
            assertEquals(index.hash(2), other.hash(1));
        }
    }

    @Test
    void keysComeBackInTheTypeTheyCameIn() {
        BytesColumn keys = new BytesColumn();
        keys.wrap(new UnsafeBuffer(new byte[50]), ElementType.BYTES);
        keys.ends()[0] = 3;
        index.slotsOf(keys, 1, new int[1]);
        BytesColumn out = new BytesColumn();
        index.readKeys(new int[] {0}, 0, 1, out);
        assertArrayEquals(new byte[3], (byte[]) out.get(0));
    }

    @Test
    void nothingIsTakenBeforeTheFirstKey() {
        assertEquals(0, leaks.ledger().usedBytes());
        index.clear();
        index.readKeys(new int[0], 0, 0, new BytesColumn());
        slotsOf(index, List.of(""));
        assertTrue(leaks.ledger().usedBytes(MemoryUse.TABLE) > 0);
    }

    @Test
    void manyMegabytesOfKeysAreHeldAndFreed() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[100_000 + MemoryRegion.PADDING]);
        for (int i = 0; i < 300; i++) {
            buffer.putInt(0, i);
            assertEquals(i, index.slotOf(buffer, 0, 60_000 + i));
        }
        buffer.putInt(0, 299);
        assertEquals(299, index.slotOf(buffer, 0, 60_299));
        assertTrue(leaks.ledger().usedBytes() > 18_000_000);
        index.close();
        assertEquals(0, leaks.ledger().usedBytes());
    }

    @Test
    void aKeyThatTheLedgerHasNoRoomForIsRefusedAndTheOthersStay() {
        MemoryLedger small = new MemoryLedger(20_000);
        try (BytesKeyIndex tried = new BytesKeyIndex(small)) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[5000 + MemoryRegion.PADDING]);
            assertEquals(0, tried.slotOf(buffer, 0, 100));
            assertEquals(1, tried.slotOf(buffer, 0, 5000));
            buffer.putByte(20, (byte) 1);
            assertThrows(MemoryLimitException.class, () -> tried.slotOf(buffer, 0, 5000));
            assertEquals(2, tried.size());
            assertEquals(1, small.refusals());
            buffer.putByte(20, (byte) 0);
            assertEquals(1, tried.slotOf(buffer, 0, 5000));
            assertEquals(2, tried.slotOf(buffer, 0, 7), "a small one still fits");
        }
        LeakCheck.assertNothingHeld(small);
    }

    @Test
    void memoryIsKeptThroughClearsAndGivenBackWhenItStoodMostlyEmptyForLong() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add("word number " + i);
        }
        slotsOf(index, many);
        long used = leaks.ledger().usedBytes();
        index.clear();
        assertEquals(used, leaks.ledger().usedBytes());
        for (int batch = 0; batch < ShrinkRule.PATIENCE + 1; batch++) {
            slotsOf(index, List.of("a", "b"));
            index.clear();
        }
        assertTrue(leaks.ledger().usedBytes() < used / 2);
        assertArrayEquals(new int[] {0, 1, 0}, slotsOf(index, List.of("b", "a", "b")));
        slotsOf(index, many);
        assertEquals(1002, index.size());
    }

    @Test
    void idsThatHaveGrownTooFarStartAgain() {
        try (BytesKeyIndex tried = new BytesKeyIndex(leaks.ledger(), BytesKeyIndex.MAX_ID - 400)) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[4 + MemoryRegion.PADDING]);
            for (int batch = 0; batch < 20; batch++) {
                for (int i = 0; i < 50; i++) {
                    buffer.putInt(0, batch * 20 + i);
                    assertEquals(i, tried.slotOf(buffer, 0, 4));
                }
                tried.clear();
            }
        }
    }

    @Test
    void useAfterCloseIsRefused() {
        slotsOf(index, List.of("a"));
        index.close();
        index.close();
        assertEquals(0, index.size());
        assertThrows(IllegalStateException.class, () -> slotsOf(index, List.of("b")));
        assertThrows(IllegalStateException.class, () -> slotsOf(index, List.of("")));
    }
}
