package io.millrace.engine.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextLeaseTest {
    private final List<String> closed = new ArrayList<>();
    private final ContextLease lease = new ContextLease(new MemoryLedger(1 << 20));
    private final Object reader = new Object();

    @Test
    void memoryThatIsReadIsGivenBackByTheLastReader() {
        lease.own(reader, () -> closed.add("memory"));
        lease.enter("an RDD");
        lease.enter("an RDD");
        lease.close();
        lease.exit();
        assertEquals(List.of(), closed);
        lease.exit();
        assertEquals(List.of("memory"), closed);
    }

    @Test
    void whoComesAfterTheCloseIsToldThatTheEngineWasStopped() {
        lease.close();
        String message = assertThrows(IllegalStateException.class, () -> lease.enter("an RDD"))
                .getMessage();
        assertTrue(message.contains("an RDD") && message.contains("stopped"), message);
        lease.own(reader, () -> closed.add("late memory"));
        assertEquals(List.of("late memory"), closed);
    }

    @Test
    void allMemoryIsGivenBackWhateverOneThrows() {
        for (int i = 0; i < 3; i++) {
            String name = "memory " + i;
            lease.own(reader, () -> {
                closed.add(name);
                throw new IllegalStateException(name);
            });
        }
        assertThrows(IllegalStateException.class, lease::close);
        assertEquals(3, closed.size());
    }
}
