package io.millrace.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.api.MillraceException;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.source.PushedSource;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockId;
import io.millrace.spi.PushPort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Positions and acknowledgements of a source between its ring and its batches. */
class ReceivedInputTest {
    private final Source source = new Source();
    private final Log log = new Log();
    private final ReceivedInput input = new ReceivedInput(source);

    private static Block block(long sequence) {
        return new Block(new BlockId(0, sequence), List.of(), 0);
    }

    /** A source that cuts what the test gives it. */
    private static final class Source implements PushedSource {
        private final Deque<Long> toCut = new ArrayDeque<>();
        private final List<String> calls = new ArrayList<>();
        private long position = -1;
        private int drains;

        @Override
        public Block cut() {
            Long next = toCut.poll();
            position = next == null ? position : next;
            return next == null ? null : block(next);
        }

        @Override
        public long cutPosition() {
            return position;
        }

        @Override
        public int drain() {
            drains++;
            return 0;
        }

        @Override
        public void acknowledge(long upTo) {
            calls.add("acknowledge " + upTo);
        }

        @Override
        public void resumeBehind(long upTo) {
            calls.add("resumeBehind " + upTo);
            position = upTo;
        }

        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public void requestStop() {
            calls.add("requestStop");
        }

        @Override
        public void durable(Block block) {
            calls.add("durable " + block.id().sequence());
        }

        @Override
        public long uncutRecords() {
            return 0;
        }

        @Override
        public int streamId() {
            return 0;
        }

        @Override
        public String name() {
            return "numbered";
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public boolean isCutAwaited() {
            return false;
        }

        @Override
        public void refuse() {}

        @Override
        public boolean isStopped() {
            return true;
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public SourceCounters counters() {
            return new SourceCounters();
        }

        @Override
        public Optional<PushPort<?>> pushPort() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** A log in memory that is full, broken, or out of memory when the test says so. */
    private static final class Log implements BlockLog {
        private final List<Long> positions = new ArrayList<>();
        private boolean isFull;
        private boolean isBroken;
        private int readable = Integer.MAX_VALUE;

        @Override
        public boolean append(Block block, long position) {
            if (isBroken) {
                throw new MillraceException("broken");
            }
            if (!isFull) {
                positions.add(position);
            }
            return !isFull;
        }

        @Override
        public Block read(long number) {
            return readable-- > 0 ? block(number) : null;
        }

        @Override
        public long positionOf(long number) {
            return positions.get((int) number - 1);
        }

        @Override
        public long last() {
            return positions.size();
        }
    }

    private static BlockRange shareOf(BatchInput.Taken taken) {
        return BlockRange.of(taken.description());
    }

    @Test
    void withoutALogRecordsAreSafeWhenTheirBatchIsCommittedAndNotEarlier() {
        input.start();
        source.toCut.add(4L);
        assertEquals(new BlockRange(1, 0, -1, 4), shareOf(input.take(1_000)));
        source.toCut.add(9L);
        input.take(2_000);
        input.take(3_000);
        assertEquals(List.of("start"), source.calls);
        input.committed(1_000);
        assertEquals(List.of("start", "acknowledge 4"), source.calls);
        input.committed(3_000);
        assertEquals(List.of("start", "acknowledge 4", "acknowledge 9"), source.calls);
    }

    @Test
    void withALogRecordsAreSafeWhenTheirBlockIsInIt() {
        input.logTo(log);
        input.start();
        source.toCut.add(4L);
        input.cut();
        assertEquals(List.of("start", "durable 4", "acknowledge 4"), source.calls);
        assertEquals(new BlockRange(1, 1, -1, 4), shareOf(input.take(1_000)));
        input.committed(1_000);
        assertEquals(3, source.calls.size());
    }

    @Test
    void withoutPositionsAndLogAShareSaysNothing() {
        input.start();
        assertNull(input.take(1_000).description());
    }

    @Test
    void whileTheLogIsFullABlockWaitsAndTheRingIsNotDrained() {
        input.logTo(log);
        input.start();
        log.isFull = true;
        source.toCut.add(4L);
        source.toCut.add(5L);
        input.cut();
        int drains = source.drains;
        input.doWork();
        input.cut();
        assertEquals(drains, source.drains);
        assertFalse(input.hasWaiting());
        assertEquals(new BlockRange(1, 0, -1, -1), shareOf(input.take(1_000)));
        assertEquals(List.of("start"), source.calls);
        log.isFull = false;
        input.doWork();
        assertEquals(List.of("start", "durable 4", "acknowledge 4"), source.calls);
        assertEquals(new BlockRange(1, 2, -1, 5), shareOf(input.take(2_000)));
    }

    @Test
    void aBrokenLogStopsTheSourceAndIsToldOnce() {
        input.logTo(log);
        input.start();
        log.isBroken = true;
        source.toCut.add(4L);
        assertEquals(new BlockRange(1, 0, -1, -1), shareOf(input.take(1_000)));
        assertEquals(List.of("start", "requestStop"), source.calls);
        assertThrows(MillraceException.class, input::doWork);
        assertEquals(0, input.doWork());
        input.cut();
        input.close();
    }

    @Test
    void blocksThatAreLeftComeIntoBatchesAsTheMemoryAllowsAndBeforeAnythingNew() {
        log.positions.addAll(List.of(3L, 6L, 8L));
        log.readable = 2;
        input.logTo(log);
        input.start();
        assertEquals(List.of("resumeBehind 8", "acknowledge 8", "start"), source.calls);
        source.toCut.add(12L);
        assertEquals(new BlockRange(1, 2, -1, 6), shareOf(input.take(1_000)));
        assertEquals(new BlockRange(3, 2, 6, 6), shareOf(input.take(2_000)));
        log.readable = 1;
        assertEquals(new BlockRange(3, 4, 6, 12), shareOf(input.take(3_000)));
    }

    @Test
    void aShareThatWasInMemoryAloneIsNotGivenAgainAndItsRecordsAreAskedForAgain() {
        input.restore(new BlockRange(1, 0, 9, 9).toBytes()); // what was planned
        BatchInput.Taken first = input.replay(new BlockRange(1, 0, 2, 5).toBytes());
        BatchInput.Taken second = input.replay(new BlockRange(1, 0, 5, 9).toBytes());
        assertEquals(0, first.summary().records());
        assertEquals(new BlockRange(1, 0, 2, 2), shareOf(first));
        assertEquals(new BlockRange(1, 0, 2, 2), shareOf(second));
        input.start();
        assertEquals(List.of("resumeBehind 2", "acknowledge 2", "start"), source.calls);
    }
}
