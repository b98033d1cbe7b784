package io.millrace.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.ingest.IngestRoom;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockWriter;
import io.millrace.offheap.column.ElementType;
import io.millrace.plan.source.PushSpec;
import io.millrace.plan.source.ReceiverSpec;
import io.millrace.spi.PushPort;
import io.millrace.type.RecordType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Receivers whose blocks are written to a log. */
@Timeout(120)
class DurableStoresTest {
    record Unregistered(int x) {}

    @RegisterExtension
    final IngestRoom room = new IngestRoom().withThreads().logged();

    private final ScriptedReceiver receiver = new ScriptedReceiver();
    private final AtomicReference<Throwable> refusal = new AtomicReference<>();
    private final CountDownLatch done = new CountDownLatch(1);

    private PushedSource started() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        receiver.onStart = running::countDown;
        PushedSource source =
                room.closing(SourceDrivers.open(new ReceiverSpec(receiver), 0, room.config(), room.ports()));
        source.start();
        running.await();
        return source;
    }

    private Thread storing(Runnable stores) {
        Thread thread = new Thread(() -> {
            try {
                stores.run();
            } catch (Throwable e) {
                refusal.set(e);
            }
            done.countDown();
        });
        thread.start();
        return thread;
    }

    private static Block awaitedCut(PushedSource source) {
        while (!source.isCutAwaited()) {
            Thread.onSpinWait();
        }
        return source.cut();
    }

    @Test
    void aStoreOfSeveralRecordsReturnsOnceAllItsBlocksAreDurable() throws InterruptedException {
        PushedSource source = started();
        receiver.store("alone");
        Block first = source.cut();
        storing(() -> receiver.store(List.<Object>of("one", "two")));
        Block second = awaitedCut(source);
        assertTrue(room.consumerBell().poll(), "the consumer is told that somebody waits");
        assertFalse(source.isCutAwaited(), "it is cut already");
        source.durable(first);
        assertEquals(1, done.getCount());
        source.durable(second);
        done.await();
        assertNull(refusal.get());
        first.release();
        assertEquals(List.of("one", "two"), IngestRoom.recordsOf(second));
    }

    @Test
    void linesAndBlocksAreWaitedForToo() throws InterruptedException {
        PushedSource source = started();
        BlockWriter block = new BlockWriter(ElementType.LONG);
        block.appendLong(7);
        ByteBuffer bytes = block.finish();
        storing(() -> {
            receiver.storeLines(ByteBuffer.wrap("one\ntwo".getBytes(UTF_8)));
            receiver.store(bytes);
        });
        Block lines = awaitedCut(source);
        assertEquals(List.of("one", "two"), IngestRoom.recordsOf(lines));
        source.durable(lines);
        Block numbers = awaitedCut(source);
        assertEquals(List.of(7L), IngestRoom.recordsOf(numbers));
        assertEquals(1, done.getCount());
        source.durable(numbers);
        done.await();
        assertNull(refusal.get());
    }

    @Test
    void aStoreOfOneRecordDoesNotWait() throws InterruptedException {
        PushedSource source = started();
        receiver.store("one");
        receiver.storeUtf8("two".getBytes(UTF_8), 0, 3);
        assertFalse(source.isCutAwaited());
        assertEquals(List.of("one", "two"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void whenTheSourceIsClosedAStoreThatWaitsSaysThatItsRecordsMayBeMissing() throws InterruptedException {
        PushedSource source = started();
        Thread thread = storing(() -> receiver.store(List.<Object>of("one")));
        receiver.onStop = () -> join(thread);
        awaitedCut(source).release();
        source.close();
        done.await();
        assertTrue(
                refusal.get().getMessage().contains("not known to be in the write-ahead log: the receiver was stopped"),
                refusal.get().getMessage());
        assertTrue(
                refusal.get().getMessage().contains("have them sent again"),
                refusal.get().getMessage());
    }

    @Test
    void whenItsThreadIsInterruptedAStoreThatWaitsSaysThatItsRecordsMayBeMissing() throws InterruptedException {
        PushedSource source = started();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread thread = storing(() -> {
            try {
                receiver.store(List.<Object>of("one"));
            } finally {
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        awaitedCut(source).release();
        thread.interrupt();
        done.await();
        assertTrue(refusal.get().getMessage().contains("interrupted while it waited"), refusal.get()::getMessage);
        assertTrue(interrupted.get(), "the interrupt stays set");
    }

    @Test
    void anObjectThatCannotBeWrittenIsRefusedAtItsStoreWithClassAndRemedy() throws InterruptedException {
        PushedSource source = started();
        MillraceException e = assertThrows(MillraceException.class, () -> receiver.store(new Unregistered(1)));
        assertTrue(e.getMessage().contains("the write-ahead log keeps nothing as objects"), e.getMessage());
        assertTrue(e.getMessage().contains("DurableStoresTest.Unregistered.class"), e.getMessage());
        assertTrue(e.getMessage().contains("millrace.streaming.receiver.writeAheadLog.enable"), e.getMessage());
        receiver.store("lone \ud834");
        assertEquals(List.of("lone \ud834"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void aReceiverThatSaysWhatItStoresIsRefusedWhenItIsOpened() {
        ReceiverSpec spec = new ReceiverSpec(receiver, Unregistered.class);
        MillraceException e =
                assertThrows(MillraceException.class, () -> SourceDrivers.open(spec, 0, room.config(), room.ports()));
        assertTrue(e.getMessage().contains("the write-ahead log keeps nothing as objects"), e.getMessage());
    }

    @Test
    @SuppressWarnings("unchecked") // the source is made for any record
    void anObjectThatIsOfferedAndCannotBeWrittenIsRefusedToo() {
        PushedSource source =
                room.closing(SourceDrivers.open(new PushSpec(RecordType.UNKNOWN), 0, room.config(), room.ports()));
        PushPort<Object> port = (PushPort<Object>) source.pushPort().orElseThrow();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> port.offer(new Unregistered(1)));
        assertTrue(e.getMessage().contains("DurableStoresTest.Unregistered.class"), e.getMessage());
        assertTrue(port.offer("text"));
        assertEquals(List.of("text"), IngestRoom.recordsOf(source.cut()));
    }

    @Test
    void whoDrivesEverythingDoesNotWaitForItself() throws Exception {
        IngestRoom driven = new IngestRoom().logged();
        receiver.onStart = () -> receiver.store(List.<Object>of("one", "two"));
        PushedSource source =
                driven.closing(SourceDrivers.open(new ReceiverSpec(receiver), 0, driven.config(), driven.ports()));
        source.start();
        source.doWork();
        assertEquals(List.of("one", "two"), IngestRoom.recordsOf(source.cut()));
        driven.close();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
