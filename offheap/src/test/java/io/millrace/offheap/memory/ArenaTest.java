package io.millrace.offheap.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ArenaTest {

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    @Test
    void piecesDoNotOverlap() {
        Seeds.play(20, random -> {
            try (Arena arena = new Arena(leaks.ledger(), MemoryUse.BATCH)) {
                List<UnsafeBuffer> pieces = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    int length = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(2000);
                    UnsafeBuffer piece = arena.allocate(length);
                    assertEquals(length, piece.capacity());
                    piece.setMemory(0, length, (byte) i);
                    pieces.add(piece);
                }
                for (int i = 0; i < pieces.size(); i++) {
                    UnsafeBuffer piece = pieces.get(i);
                    for (int at = 0; at < piece.capacity(); at++) {
                        assertEquals((byte) i, piece.getByte(at));
                    }
                }
            }
        });
    }

    @Test
    void nothingIsTakenBeforeTheFirstPieceAndNothingIsLeftAfterClose() {
        Arena arena = new Arena(leaks.ledger(), MemoryUse.BATCH);
        assertEquals(0, leaks.ledger().usedBytes());
        arena.allocate(10);
        arena.allocate(100_000);
        assertTrue(arena.bytes() >= 100_010);
        assertTrue(leaks.ledger().usedBytes(MemoryUse.BATCH) >= arena.bytes());
        arena.close();
        arena.close();
        assertEquals(0, arena.bytes());
        assertEquals(0, leaks.ledger().usedBytes());
    }

    @Test
    void useAfterCloseIsRefused() {
        Arena arena = new Arena(leaks.ledger(), MemoryUse.BATCH);
        UnsafeBuffer piece = arena.allocate(10);
        assertTrue(arena.isOpen());
        arena.close();
        assertFalse(arena.isOpen());
        assertThrows(IllegalStateException.class, () -> arena.allocate(10));
        assertThrows(IndexOutOfBoundsException.class, () -> piece.putByte(0, (byte) 1));
    }

    @Test
    void aRefusalLeavesTheArenaAsItWas() {
        MemoryLedger small = new MemoryLedger(100_000);
        try (Arena arena = new Arena(small, MemoryUse.BATCH)) {
            arena.allocate(10).putLong(0, 42);
            long before = arena.bytes();
            assertThrows(MemoryLimitException.class, () -> arena.allocate(90_000));
            assertEquals(before, arena.bytes());
            arena.allocate(1000);
        }
        LeakCheck.assertNothingHeld(small);
    }
}
