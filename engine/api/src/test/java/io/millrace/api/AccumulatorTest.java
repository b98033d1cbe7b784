package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccumulatorTest {
    private final MillraceContext context = MillraceContext.on(new FakeBackend(), FakeBackend.conf());

    @Test
    void aLongAccumulatorSumsAndCounts() {
        LongAccumulator sum = context.sc().longAccumulator("bytes");
        assertTrue(sum.isZero());
        assertTrue(Double.isNaN(sum.avg()));
        sum.add(3);
        sum.add(Long.valueOf(4));
        assertEquals(List.of(7L, 7L, 2L, 3.5), List.of(sum.value(), sum.sum(), sum.count(), sum.avg()));
        assertFalse(sum.isZero());
        sum.reset();
        assertTrue(sum.isZero());
    }

    @Test
    void aDoubleAccumulatorSumsAndCounts() {
        DoubleAccumulator sum = context.doubleAccumulator();
        sum.add(0.5);
        sum.add(Double.valueOf(2));
        assertEquals(List.of(2.5, 2.5, 2L, 1.25), List.of(sum.value(), sum.sum(), sum.count(), sum.avg()));
        DoubleAccumulator other = sum.copy();
        other.merge(sum);
        assertEquals(5.0, other.value());
        assertTrue(sum.copyAndReset().isZero());
        assertEquals(2.5, sum.value());
    }

    @Test
    void aCollectionAccumulatorKeepsAListThatCannotBeChanged() {
        CollectionAccumulator<String> lines = context.collectionAccumulator("bad lines");
        lines.add("a");
        List<String> before = lines.value();
        lines.add("b");
        assertEquals(List.of("a"), before);
        assertEquals(List.of("a", "b"), lines.value());
        assertThrows(UnsupportedOperationException.class, () -> before.add("c"));
        CollectionAccumulator<String> more = lines.copy();
        more.merge(lines);
        assertEquals(List.of("a", "b", "a", "b"), more.value());
        assertFalse(more.isRegistered());
    }

    @Test
    void nothingIsLostWhenSeveralWorkersAddAtOnce() throws InterruptedException {
        LongAccumulator longs = context.longAccumulator();
        DoubleAccumulator doubles = context.doubleAccumulator();
        CollectionAccumulator<Integer> list = context.collectionAccumulator();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread worker = new Thread(() -> {
                for (int n = 1; n <= 10_000; n++) {
                    longs.add(n);
                    doubles.add(n);
                    list.add(n);
                }
            });
            workers.add(worker);
            worker.start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        assertEquals(4 * 50_005_000L, longs.value());
        assertEquals(40_000, longs.count());
        assertEquals(4 * 50_005_000.0, doubles.value());
        assertEquals(40_000, list.value().size());
    }

    @Test
    void mergingAnotherKindIsRefusedByName() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        AccumulatorV2<Long, Long> doubles = (AccumulatorV2) new DoubleAccumulator();
        LongAccumulator longs = new LongAccumulator();
        String message = assertThrows(UnsupportedOperationException.class, () -> longs.merge(doubles))
                .getMessage();
        assertTrue(message.contains("DoubleAccumulator") && message.contains("LongAccumulator"), message);
        assertThrows(UnsupportedOperationException.class, () -> longs.merge(null));
    }

    @Test
    void registeringGivesANumberAndANameOnce() {
        LongAccumulator unknown = new LongAccumulator();
        assertThrows(IllegalStateException.class, unknown::id);
        assertEquals("LongAccumulator(not registered, value: 0)", unknown.toString());
        context.register(unknown, "mine");
        assertEquals(Optional.of("mine"), unknown.name());
        assertEquals(Optional.empty(), context.longAccumulator().name());
        assertEquals("LongAccumulator(id: " + unknown.id() + ", name: mine, value: 0)", unknown.toString());
        assertThrows(IllegalStateException.class, () -> context.register(unknown));
        assertFalse(unknown.id() == context.longAccumulator().id());
    }
}
