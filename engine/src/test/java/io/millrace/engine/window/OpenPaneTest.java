package io.millrace.engine.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.api.function.Reducers;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.kernel.ColumnMerge;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.state.TestStores;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.pane.Pane;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import io.millrace.plan.WindowSpan;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenPaneTest {
    @RegisterExtension
    private final LeakCheck memory = new LeakCheck();

    private final KeyedStore store = TestStores.store(memory.ledger());
    private final Merging sum =
            new Merging(new OperatorFunction(new OperatorId("window"), Reducers.sumLong()), TestStores.LANES);
    private final ColumnMerge merge = new ColumnMerge(sum);
    private final WindowPartition window =
            new SubtractingPartition(WindowGrid.of(new WindowSpan(2000, 2000)), store, sum, sum, null, memory.ledger());
    private final OpenPane open = new OpenPane(memory.ledger());

    @BeforeEach
    void begin() {
        store.begin(1000);
        window.held(new LongColumn(), 0);
    }

    @AfterEach
    void close() {
        open.close();
        window.close();
    }

    /** Rows of the batch at hand: keys and their values in turn. */
    private void append(long... keysAndValues) {
        LongColumn values = new LongColumn();
        int rows = keysAndValues.length / 2;
        for (int row = 0; row < rows; row++) {
            values.values()[row] = keysAndValues[2 * row + 1];
        }
        open.append(pinned(keysAndValues), values, rows, window.type());
    }

    private int[] pinned(long... keysAndValues) {
        LongColumn keys = new LongColumn();
        int rows = keysAndValues.length / 2;
        int[] handles = new int[Chunk.MAX_ROWS];
        for (int row = 0; row < rows; row++) {
            keys.values()[row] = keysAndValues[2 * row];
        }
        store.handlesOf(keys, rows, handles);
        store.pinAll(handles, rows);
        return handles;
    }

    private void commit() {
        open.commit();
        store.commit();
        store.begin(2000);
    }

    private void rollback() {
        open.rollback();
        store.rollback();
        store.begin(2000);
    }

    /** The rows of the pane that closes now. */
    private Map<Object, Object> closed() throws Exception {
        try (Pane pane = open.close(window, merge)) {
            Map<Object, Object> rows = new HashMap<>();
            for (int row = 0; pane != null && row < pane.size(); row++) {
                Column value = pane.type() == ElementType.REF ? new RefColumn() : new LongColumn();
                pane.value(row, value, 0);
                assertNull(rows.put(store.keyOf(pane.handle(row)), value.get(0)), "a key that has two rows");
            }
            return rows;
        }
    }

    @Test
    void aPaneWithoutRowsIsNone() throws Exception {
        assertNull(open.close(window, merge));
    }

    @Test
    void aPaneOfOneBatchHasItsRows() throws Exception {
        append(1, 10, 2, 20);
        append(3, 30);
        assertEquals(Map.of(1L, 10L, 2L, 20L, 3L, 30L), closed());
    }

    @Test
    void aPaneOfSeveralBatchesHasOneRowForEachKey() throws Exception {
        append(1, 10, 2, 20);
        commit();
        append(2, 2, 3, 3);
        commit();
        append(1, 1, 2, 200);
        assertEquals(Map.of(1L, 11L, 2L, 222L, 3L, 3L), closed());
    }

    @Test
    void nothingIsLeftOpenAfterTheClose() throws Exception {
        append(1, 10);
        closed();
        append(2, 20);
        assertEquals(Map.of(2L, 20L), closed());
    }

    @Test
    void whatABatchPutInIsGoneAfterARollback() throws Exception {
        append(1, 10);
        commit();
        append(1, 1, 2, 20);
        rollback();
        assertEquals(Map.of(1L, 10L), closed());
    }

    @Test
    void aCloseIsUndoneByARollback() throws Exception {
        append(1, 10);
        commit();
        append(1, 1);
        assertEquals(Map.of(1L, 11L), closed());
        rollback();
        append(2, 2);
        assertEquals(Map.of(1L, 10L, 2L, 2L), closed());
    }

    @Test
    void aDiscardIsUndoneByARollback() throws Exception {
        append(1, 10);
        commit();
        open.discard(store);
        rollback();
        assertEquals(Map.of(1L, 10L), closed());
    }

    @Test
    void aKeyOfSeveralBatchesIsHeldByThePaneOnce() throws Exception {
        append(1, 10);
        commit();
        append(1, 1);
        closed();
        int[] handles = pinned(1, 0);
        store.unpinAll(handles, 1);
        store.unpinAll(handles, 1); // the pane's
        commit();
        assertEquals(0, store.residentBytes());
    }

    @Test
    void aKeyThatIsDiscardedIsHeldNoMore() {
        append(1, 10);
        commit();
        append(1, 1, 2, 2);
        open.discard(store);
        commit();
        assertEquals(0, store.residentBytes());
    }

    @Test
    void valuesThatTurnToObjectsDoSoInTheBatchesBeforeAndAfterARollback() throws Exception {
        append(1, 10);
        commit();
        append(1, 1);
        open.turn();
        rollback();
        RefColumn text = new RefColumn();
        text.values()[0] = "two";
        open.append(pinned(2, 0), text, 1, ElementType.REF);
        window.turnUnless(ElementType.REF);
        assertEquals(Map.of(1L, 10L, 2L, "two"), closed());
    }
}
