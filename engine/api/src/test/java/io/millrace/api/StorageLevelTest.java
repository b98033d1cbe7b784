package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageLevelTest {

    @ParameterizedTest
    @CsvSource({
        // name, disk, memory, off heap, deserialized, copies
        "NONE, false, false, false, false, 1",
        "DISK_ONLY, true, false, false, false, 1",
        "DISK_ONLY_2, true, false, false, false, 2",
        "DISK_ONLY_3, true, false, false, false, 3",
        "MEMORY_ONLY, false, true, false, true, 1",
        "MEMORY_ONLY_2, false, true, false, true, 2",
        "MEMORY_ONLY_SER, false, true, false, false, 1",
        "MEMORY_ONLY_SER_2, false, true, false, false, 2",
        "MEMORY_AND_DISK, true, true, false, true, 1",
        "MEMORY_AND_DISK_2, true, true, false, true, 2",
        "MEMORY_AND_DISK_SER, true, true, false, false, 1",
        "MEMORY_AND_DISK_SER_2, true, true, false, false, 2",
        "OFF_HEAP, true, true, true, false, 1"
    })
    void isThereByFieldByMethodAndByText(
            String name, boolean disk, boolean memory, boolean offHeap, boolean deserialized, int copies)
            throws ReflectiveOperationException {
        StorageLevel level = StorageLevel.fromString(name);
        assertEquals(disk, level.useDisk());
        assertEquals(memory, level.useMemory());
        assertEquals(offHeap, level.useOffHeap());
        assertEquals(deserialized, level.deserialized());
        assertEquals(copies, level.replication());
        assertSame(level, StorageLevel.class.getField(name).get(null));
        assertSame(level, StorageLevel.class.getMethod(name).invoke(null));
        assertSame(level, StorageLevels.class.getField(name).get(null));
        assertEquals(level, StorageLevels.create(disk, memory, offHeap, deserialized, copies));
        assertEquals(level, Serialized.copyOf(level));
    }

    @Test
    void refusesAnUnknownNameAndListsTheKnown() {
        String message = assertThrows(IllegalArgumentException.class, () -> StorageLevel.fromString("MEMORY"))
                .getMessage();
        assertTrue(message.startsWith("storage level 'MEMORY' is unknown, expected one of DISK_ONLY,"), message);
    }

    @Test
    void refusesFortyCopies() {
        assertEquals(39, StorageLevel.apply(true, true, false, false, 39).replication());
        assertThrows(IllegalArgumentException.class, () -> StorageLevel.apply(true, true, false, false, 40));
    }

    @Test
    void refusesObjectsOffTheHeap() {
        assertThrows(IllegalArgumentException.class, () -> StorageLevel.apply(false, true, true, true, 1));
    }

    @Test
    void isValidWhenItKeepsAnything() {
        assertFalse(StorageLevel.NONE.isValid());
        assertTrue(StorageLevel.DISK_ONLY.isValid());
        assertFalse(StorageLevel.apply(true, true, false, false, 0).isValid());
    }

    @Test
    void describesItself() {
        assertEquals("Disk Memory Serialized 2x Replicated", StorageLevel.MEMORY_AND_DISK_SER_2.description());
        assertEquals("Disk Memory (off heap) Serialized 1x Replicated", StorageLevel.OFF_HEAP.description());
        assertEquals("StorageLevel(memory, deserialized, 1 replicas)", StorageLevel.MEMORY_ONLY.toString());
        assertEquals(8 + 4 + 2, StorageLevel.OFF_HEAP.toInt());
        assertEquals(4 + 1, StorageLevel.MEMORY_ONLY.toInt());
    }
}
