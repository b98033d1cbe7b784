package io.millrace.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.StorageLevel;
import io.millrace.api.Tuple2;
import io.millrace.ingest.IngestRoom;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.plan.source.ReceiverSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How what a receiver stores is held until its batch: the table of storage levels. */
class StorageLevelsTest {
    record Reading(String sensor, double value) {}

    record Unregistered(int x) {}

    @RegisterExtension
    final IngestRoom room = new IngestRoom().registered(Reading.class);

    private ScriptedReceiver receiver;

    private PushedSource started(StorageLevel level) {
        receiver = new ScriptedReceiver(level);
        PushedSource source = SourceDrivers.open(new ReceiverSpec(receiver), 0, room.config(), room.ports());
        room.closing(source);
        source.start();
        source.doWork();
        return source;
    }

    private static List<Lane> lanes(Block block) {
        return block.slices().stream().map(slice -> slice.slab().type().lane()).toList();
    }

    private List<String> warnings() {
        return room.told().stream().filter(line -> line.startsWith("warning")).toList();
    }

    @Test
    void atADeserializedLevelAnObjectIsHeldAsItIs() {
        PushedSource source = started(StorageLevel.MEMORY_AND_DISK);
        Reading reading = new Reading("a", 1);
        receiver.store(reading);
        assertSame(reading, IngestRoom.recordsOf(source.cut()).get(0));
    }

    @Test
    void atNoLevelAnObjectIsHeldAsItIsWithoutAWarning() {
        PushedSource source = started(StorageLevel.NONE);
        Unregistered one = new Unregistered(1);
        receiver.store(one);
        assertSame(one, IngestRoom.recordsOf(source.cut()).get(0));
        assertEquals(List.of(), warnings());
    }

    @Test
    void atASerializedLevelAnObjectOfARegisteredClassIsHeldAsBytes() {
        for (StorageLevel level : List.of(
                StorageLevel.MEMORY_ONLY_SER,
                StorageLevel.MEMORY_AND_DISK_SER_2,
                StorageLevel.OFF_HEAP,
                StorageLevel.DISK_ONLY)) {
            PushedSource source = started(level);
            List<Object> stored = Arrays.asList(
                    new Reading("a", 1),
                    new Reading(null, -0.0),
                    null,
                    new Tuple2<>("k", new Reading("b", 2)),
                    new ArrayList<>(List.of(1, "x")),
                    "lone \ud834");
            stored.forEach(receiver::store);
            Block block = source.cut();
            assertEquals(List.of(Lane.BYTES), lanes(block), level.toString());
            List<Object> got = IngestRoom.recordsOf(block);
            assertEquals(stored, got);
            assertNotSame(stored.get(0), got.get(0));
        }
        assertEquals(List.of(), warnings());
    }

    @Test
    void numbersTextsAndBytesAreHeldInTheirLanesAtAnyLevel() {
        for (StorageLevel level :
                List.of(StorageLevel.MEMORY_ONLY, StorageLevel.MEMORY_ONLY_SER, StorageLevel.DISK_ONLY)) {
            PushedSource source = started(level);
            receiver.store("text");
            receiver.store(7);
            receiver.store(new byte[] {1});
            receiver.store(new Reading("a", 1));
            Block block = source.cut();
            assertEquals(
                    List.of(ElementType.UTF8, ElementType.INT, ElementType.BYTES),
                    block.slices().stream()
                            .map(slice -> slice.slab().type())
                            .limit(3)
                            .toList());
            List<Object> got = IngestRoom.recordsOf(block);
            assertTrue(got.get(2) instanceof byte[], "bytes are not taken for an object");
            assertEquals(new Reading("a", 1), got.get(3));
        }
    }

    @Test
    void atASerializedLevelAnObjectOfAnotherClassIsHeldAsItIsWhichIsSaidOnce() {
        PushedSource source = started(StorageLevel.MEMORY_ONLY_SER);
        Unregistered one = new Unregistered(1);
        List<Object> stored =
                List.of(one, new Reading("a", 1), new Unregistered(2), new StringBuilder("x"), List.of(one));
        stored.forEach(receiver::store);
        List<Object> got = IngestRoom.recordsOf(source.cut());
        assertSame(one, got.get(0));
        assertEquals(stored, got);
        assertEquals(1, warnings().size(), warnings().toString());
        assertTrue(
                warnings().get(0).contains("StorageLevelsTest.Unregistered.class})"),
                warnings().toString());
    }

    @Test
    void aRecordThatWouldComeBackAsAnotherClassIsHeldAsItIs() {
        PushedSource source = started(StorageLevel.MEMORY_ONLY_SER);
        List<Object> stored = List.of(
                new ConcurrentHashMap<>(Map.of(1, 2)), new Tuple2<>("k", List.of(1)), new ArrayList<>(List.of("kept")));
        stored.forEach(receiver::store);
        List<Object> got = IngestRoom.recordsOf(source.cut());
        assertSame(stored.get(0), got.get(0));
        assertSame(stored.get(1), got.get(1));
        assertEquals(ArrayList.class, got.get(2).getClass());
        assertTrue(
                warnings().get(0).contains("java.util.concurrent.ConcurrentHashMap.class})"),
                warnings().toString());
        PushedSource strict = started(StorageLevel.DISK_ONLY);
        assertThrows(MillraceException.class, () -> receiver.store(stored.get(1)));
        assertEquals(List.of(), IngestRoom.recordsOf(strict.cut()));
    }

    @Test
    void atDiskOnlyAnObjectOfAnotherClassIsRefusedWithClassAndRemedyAndTheNextIsTaken() {
        PushedSource source = started(StorageLevel.DISK_ONLY);
        for (Object record : List.of(new Unregistered(1), List.of(new Unregistered(1)))) {
            MillraceException refused = assertThrows(MillraceException.class, () -> receiver.store(record));
            assertTrue(refused.getMessage().contains("Unregistered.class})"), refused.getMessage());
            assertTrue(refused.getMessage().contains("such as MEMORY_ONLY"), refused.getMessage());
            assertTrue(refused.getMessage().contains("receiver ScriptedReceiver (stream 0)"), refused.getMessage());
        }
        receiver.store(new Reading("a", 1));
        assertEquals(List.of(new Reading("a", 1)), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void objectsHeldAsBytesDoNotCountAgainstTheObjectsThatMayBeHeld() {
        room.maxHeldRecords(2).ringSlabs(64);
        PushedSource source = started(StorageLevel.MEMORY_ONLY_SER);
        for (int i = 0; i < 100; i++) {
            receiver.store(new Reading("sensor " + i, i));
        }
        assertEquals(100, IngestRoom.recordsOf(source.cut()).size());
        assertEquals(0, source.counters().ringFull());
    }

    @Test
    void anObjectLargerThanASlabGetsOneOfItsOwnAndOneTooLargeIsLeftOut() {
        PushedSource source = started(StorageLevel.MEMORY_ONLY_SER);
        receiver.store(new Reading("x".repeat(5_000), 1));
        receiver.store(new Reading("x".repeat(20_000), 2));
        receiver.store(new Reading("y", 3));
        assertEquals(
                List.of(new Reading("x".repeat(5_000), 1), new Reading("y", 3)), IngestRoom.recordsOf(source.cut()));
        assertEquals(1, source.counters().oversizedRecords());
    }

    @Test
    void typesThatAlternateAreHeldAsBytesTogether() {
        room.ringSlabs(64);
        PushedSource source = started(StorageLevel.MEMORY_ONLY_SER);
        List<Object> stored = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stored.add(i % 2 == 0 ? (Object) i : new Reading("a", i));
        }
        stored.forEach(receiver::store);
        Block block = source.cut();
        assertEquals(
                Lane.BYTES,
                block.slices().get(block.slices().size() - 1).slab().type().lane());
        assertTrue(block.slices().size() < 30, "slabs: " + block.slices().size());
        assertEquals(stored, IngestRoom.recordsOf(block));
    }

    @Test
    void whatAProgramSaysItWillStoreIsRefusedBeforeTheStart() {
        receiver = new ScriptedReceiver(StorageLevel.DISK_ONLY);
        MillraceException refused = assertThrows(
                MillraceException.class,
                () -> SourceDrivers.open(
                        new ReceiverSpec(receiver, Unregistered.class), 3, room.config(), room.ports()));
        assertTrue(refused.getMessage().contains("(stream 3) cannot be started"), refused.getMessage());
        assertTrue(refused.getMessage().contains("Unregistered.class})"), refused.getMessage());
        for (Class<?> fine :
                List.of(Reading.class, Integer.class, String.class, byte[].class, Object.class, List.class)) {
            ScriptedReceiver other = new ScriptedReceiver(StorageLevel.DISK_ONLY);
            room.closing(SourceDrivers.open(new ReceiverSpec(other, fine), 0, room.config(), room.ports()));
        }
        ScriptedReceiver other = new ScriptedReceiver(StorageLevel.MEMORY_ONLY_SER);
        room.closing(SourceDrivers.open(new ReceiverSpec(other, Unregistered.class), 0, room.config(), room.ports()));
    }
}
