package io.millrace.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.task.RowStore;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunningMappingTest {
    private static final Function2<Object, Object, Object> SUM_OR_TEXT =
            (a, b) -> a instanceof Long x && b instanceof Long y ? (Object) (x + y) : end(a + "," + b);

    @RegisterExtension
    private final LeakCheck memory = new LeakCheck();

    private final KeyedStore store = TestStores.store(memory.ledger());
    private final RowStore out = new RowStore(memory.ledger());
    private final Map<Object, Object> expected = new HashMap<>();
    private long timeMs;

    @AfterEach
    void close() {
        out.close();
        store.close();
    }

    private RunningMapping mapping(Object merge) {
        return new RunningMapping(
                store, new Merging(new OperatorFunction(new OperatorId("running"), merge), TestStores.LANES));
    }

    private static Column numbers(long... values) {
        LongColumn column = new LongColumn();
        System.arraycopy(values, 0, column.values(), 0, values.length);
        return column;
    }

    private static Column objects(Object... values) {
        RefColumn column = new RefColumn();
        System.arraycopy(values, 0, column.values(), 0, values.length);
        return column;
    }

    /** A batch of one chunk; what comes out. */
    private List<Object> batch(RunningMapping mapping, Column keys, Column values, int rows) throws Exception {
        Chunk chunk = new Chunk();
        chunk.set(keys, values, rows);
        int[] handles = new int[Chunk.MAX_ROWS];
        timeMs += 1000;
        store.begin(timeMs);
        out.clear();
        store.handlesOf(keys, rows, handles);
        mapping.map(timeMs, chunk, handles, out);
        mapping.end(true);
        store.commit();
        List<Object> records = new ArrayList<>();
        for (int row = 0; row < out.size(); row++) {
            records.add(out.get(row));
        }
        return records;
    }

    /** Keeps texts short. */
    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 20));
    }

    private static Tuple2<Object, Object> pair(Object key, Object state) {
        return new Tuple2<>(key, state);
    }

    @Test
    void eachRowComesOutWithWhatItsKeyHasThen() throws Exception {
        RunningMapping sums = mapping(Reducers.sumLong());
        assertEquals(
                List.of(pair(1L, 10L), pair(2L, 5L), pair(1L, 11L)),
                batch(sums, numbers(1, 2, 1), numbers(10, 5, 1), 3));
        assertEquals(List.of(pair(2L, 7L), pair(1L, 12L)), batch(sums, numbers(2, 1), numbers(2, 1), 2));
    }

    @Test
    void rowsComeOutInTheirOrderHoweverOftenAKeyCame() throws Exception {
        RunningMapping texts = mapping(SUM_OR_TEXT);
        assertEquals(
                List.of(pair("a", "1"), pair("a", "1,2"), pair("b", "3"), pair("a", "1,2,4"), pair("b", "3,5")),
                batch(texts, objects("a", "a", "b", "a", "b"), objects("1", "2", "3", "4", "5"), 5));
    }

    @Test
    void aStateMayTurnFromNumbersToObjectsWithinABatch() throws Exception {
        RunningMapping mapping = mapping(SUM_OR_TEXT);
        assertEquals(
                List.of(pair("a", 1L), pair("a", 3L), pair("b", 4L)),
                batch(mapping, objects("a", "a", "b"), numbers(1, 2, 4), 3));
        assertEquals(
                List.of(pair("b", 5L), pair("a", "3,x"), pair("a", "3,x,2")),
                batch(mapping, objects("b", "a", "a"), objects(1L, "x", 2L), 3));
    }

    @Test
    void aKeyThatTimesOutLeavesWithoutARow() throws Exception {
        RunningMapping sums = mapping(Reducers.sumLong());
        batch(sums, numbers(1), numbers(1), 1);
        out.clear();
        sums.timeOut(timeMs, new int[] {0}, 1, out);
        assertEquals(0, out.size());
    }

    @Test
    void randomChunksGiveWhatAMapGives() throws Exception {
        long seed = Long.getLong("millrace.test.seed", 0x5EED_0001L);
        SplittableRandom random = new SplittableRandom(seed);
        RunningMapping mapping = mapping(SUM_OR_TEXT);
        for (int batch = 0; batch < 100; batch++) {
            playRandomBatch(random, mapping, "batch " + batch + " with -Dmillrace.test.seed=" + seed);
        }
    }

    private void playRandomBatch(SplittableRandom random, RunningMapping mapping, String where) throws Exception {
        int rows = 1 + random.nextInt(random.nextBoolean() ? 10 : Chunk.MAX_ROWS);
        int keyCount = 1 + random.nextInt(random.nextBoolean() ? 3 : 1000);
        boolean areNumbers = random.nextInt(4) > 0;
        long[] numbers = new long[rows];
        Object[] objects = new Object[rows];
        Object[] keys = new Object[rows];
        List<Object> records = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            numbers[row] = random.nextInt(10);
            objects[row] = random.nextInt(500) == 0 ? "t" + numbers[row] : numbers[row];
            keys[row] = random.nextBoolean()
                    ? (Object) ("k" + random.nextInt(keyCount))
                    : (Object) (long) random.nextInt(keyCount);
            Object value = areNumbers ? (Object) numbers[row] : objects[row];
            records.add(pair(keys[row], expected.merge(keys[row], value, RunningMappingTest::merge)));
        }
        Column values = areNumbers ? numbers(numbers) : objects(objects);
        assertEquals(records, batch(mapping, objects(keys), values, rows), where);
    }

    private static Object merge(Object state, Object value) {
        try {
            return SUM_OR_TEXT.call(state, value);
        } catch (Exception thrown) {
            throw new AssertionError(thrown);
        }
    }
}
