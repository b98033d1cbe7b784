package io.millrace.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.HashPartitioner;
import io.millrace.api.State;
import io.millrace.api.StateFullException;
import io.millrace.api.StateOptions;
import io.millrace.api.StateView;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function3;
import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.physical.StatefulSpec;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.ColdFiles;
import io.millrace.engine.state.StoreOpener;
import io.millrace.engine.state.TestStores;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.state.ColdStore;
import io.millrace.offheap.state.ColdStoreProvider;
import io.millrace.offheap.state.ColdStoreSpec;
import io.millrace.offheap.state.MemoryColdStore;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Partitioning;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StateMapping;
import io.millrace.plan.WindowSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A counting operator that always works, and after it one that a test lets fail. */
class StatefulOperatorsTest {
    private static final OperatorId INPUT = new OperatorId("input");
    private static final OperatorId SOUND = new OperatorId("sound");
    private static final OperatorId FRAIL = new OperatorId("frail");
    private static final OperatorId WINDOW = new OperatorId("window");

    @RegisterExtension
    private final LeakCheck memory = new LeakCheck();

    private final Stage input = new Stage.Source(0);
    private final List<ColdStore> files = new ArrayList<>();
    private StatefulOperators operators;
    private int failures;
    private int asked;

    private final BatchExchange.Steps steps = new BatchExchange.Steps() {
        @Override
        public void forEachPartition(Rows rows, PartitionTask step) throws Exception {
            forEach(rows.partitionCount(), rows.inputRows(), step);
        }

        @Override
        public void forEach(int tasks, long rows, PartitionTask step) throws Exception {
            for (int task = 0; task < tasks; task++) {
                step.run(task, new WorkerScratch(0));
            }
        }
    };

    @AfterEach
    void close() {
        operators.close();
    }

    private void open(StoreOpener opener, StatefulSpec... specs) {
        PhysicalPlan plan =
                new PhysicalPlan(List.of(), List.of(), List.of(), List.of(specs), 0, List.of(), Map.of(), Map.of());
        operators = new StatefulOperators(plan, null, null, opener);
    }

    private void open() {
        open(TestStores.inMemory(memory.ledger()), counting(0, SOUND, 1000), frail());
    }

    private StatefulSpec counting(int index, OperatorId id, long slideMs) {
        return byKey(index, id, slideMs, StateOptions.NONE, (key, one, state) -> count(state));
    }

    /** Fails as often as there are failures left, at key "b". */
    private StatefulSpec frail() {
        return byKey(1, FRAIL, 1000, StateOptions.NONE, (key, one, state) -> {
            int count = count(state);
            if (key.equals("b") && failures-- > 0) {
                throw new IllegalStateException("frail");
            }
            return count;
        });
    }

    private static int count(State<Integer> state) {
        state.update(state.getOption().orElse(0) + 1);
        return state.get();
    }

    private StatefulSpec byKey(
            int index,
            OperatorId id,
            long slideMs,
            StateOptions options,
            Function3<String, Optional<Integer>, State<Integer>, Integer> function) {
        StateMapping mapping = new StateMapping(new StateMapping.Plain(function), null, null, options);
        PlanNode node = new PlanNode.StateMap(id, INPUT, mapping, Partitioning.DEFAULT);
        return new StatefulSpec(index, node, input, slideMs, 1, new HashPartitioner(1));
    }

    private Throwable advance(int batch, String... keys) {
        List<Tuple2<String, Integer>> records = new ArrayList<>();
        for (String key : keys) {
            records.add(new Tuple2<>(key, 1));
        }
        return operators.advance(new BatchTime(0, batch * 1000L), stage -> rows(stage, records), steps);
    }

    private Rows rows(Stage stage, List<?> records) {
        assertSame(input, stage);
        asked++;
        return new ListRows(records, 1);
    }

    private Map<Object, Object> stateOf(OperatorId operator) {
        Map<Object, Object> states = new HashMap<>();
        operators.view(operator).forEach(states::put);
        return states;
    }

    @Test
    void aBatchChangesAllOperators() {
        open();
        assertNull(advance(1, "a", "b", "a"));
        assertEquals(Map.of("a", 2, "b", 1), stateOf(SOUND));
        assertEquals(Map.of("a", 2, "b", 1), stateOf(FRAIL));
        assertEquals(Optional.of(new Time(1000)), operators.view(SOUND).asOf());
    }

    @Test
    void aBatchThatFailsIsTriedOnceMoreAndCountsOnce() {
        open();
        failures = 1;
        assertNull(advance(1, "a", "b"));
        assertEquals(Map.of("a", 1, "b", 1), stateOf(SOUND));
        assertEquals(Map.of("a", 1, "b", 1), stateOf(FRAIL));
    }

    @Test
    void aBatchThatFailsTwiceIsLeftOutOfAllOperators() {
        open();
        advance(1, "a");
        failures = 2;
        assertEquals("frail", advance(2, "a", "b").getCause().getMessage());
        assertEquals(Map.of("a", 1), stateOf(SOUND));
        assertEquals(Map.of("a", 1), stateOf(FRAIL));
        assertEquals(Optional.of(new Time(1000)), operators.view(FRAIL).asOf());
    }

    @Test
    void theBatchAfterOneThatWasLeftOutGoesOnWithTheStateBeforeIt() {
        open();
        advance(1, "a");
        failures = 2;
        advance(2, "a", "b");
        assertNull(advance(3, "a", "b"));
        assertEquals(Map.of("a", 2, "b", 1), stateOf(SOUND));
        assertEquals(Map.of("a", 2, "b", 1), stateOf(FRAIL));
    }

    @Test
    void aBatchThatHasNoRoomIsNotTriedAgain() {
        StateOptions two = StateOptions.none().withMaxKeys(2);
        open(TestStores.inMemory(memory.ledger()), byKey(0, SOUND, 1000, two, (key, one, state) -> count(state)));
        assertInstanceOf(StateFullException.class, advance(1, "a", "b", "c"));
        assertEquals(1, asked);
        assertEquals(Map.of(), stateOf(SOUND));
    }

    @Test
    void rowsThatCannotBeComputedLeaveTheOperatorsAsTheyWere() {
        open();
        advance(1, "a");
        IllegalStateException broken = new IllegalStateException("of a stage before");
        assertSame(
                broken,
                operators.advance(
                        new BatchTime(0, 2000),
                        stage -> {
                            throw broken;
                        },
                        steps));
        assertEquals(Map.of("a", 1), stateOf(SOUND));
    }

    @Test
    void anOperatorWhoseInputHasNoDatasetInABatchIsNotAsked() {
        open(TestStores.inMemory(memory.ledger()), counting(0, SOUND, 2000));
        Stage.Stateful stage = new Stage.Stateful(0, false, null);
        assertNull(advance(1, "a"));
        assertEquals(0, asked);
        assertNull(operators.rows(stage, new BatchTime(0, 1000)));
        assertNull(advance(2, "a"));
        assertEquals(1, operators.rows(stage, new BatchTime(0, 2000)).inputRows());
    }

    @Test
    void aStageOfAnOperatorIsWhatComesOutOfItOrAllThatItRemembers() {
        open();
        advance(1, "a", "b", "c");
        advance(2, "a", "a");
        BatchTime second = new BatchTime(0, 2000);
        assertEquals(
                2, operators.rows(new Stage.Stateful(0, false, null), second).inputRows());
        assertEquals(
                3, operators.rows(new Stage.Stateful(0, true, null), second).inputRows());
    }

    @Test
    void whatIsNotRememberedByKeyCannotBeRead() {
        PlanNode window = new PlanNode.Window(WINDOW, INPUT, new WindowSpan(2000, 1000));
        open(TestStores.inMemory(memory.ledger()), new StatefulSpec(0, window, input, 1000, 0, null));
        String refusal = assertThrows(IllegalArgumentException.class, () -> operators.view(WINDOW))
                .getMessage();
        assertTrue(refusal.contains("'window' has no state to be read"), refusal);
    }

    @Test
    void stateCannotBeReadAfterTheClose() {
        open();
        advance(1, "a");
        StateView<Object, Object> view = operators.view(SOUND);
        operators.close();
        assertThrows(IllegalStateException.class, () -> view.get("a"));
        assertThrows(IllegalStateException.class, view::size);
    }

    @Test
    void keysThatFindNoRoomInMemoryAreMovedAndAreCountedOnAndRead() {
        open(TestStores.opener(memory.ledger(), 1, cold()), counting(0, SOUND, 1000));
        advance(1, "a", "b", "a");
        operators.maintainWhileOverBudget();
        assertEquals(2, files.get(0).size());
        assertEquals(Map.of("a", 2, "b", 1), stateOf(SOUND));
        advance(2, "b");
        assertEquals(Map.of("a", 2, "b", 2), stateOf(SOUND));
        assertEquals(Optional.of(2), operators.view(SOUND).get("a"));
    }

    @Test
    void withoutFilesNothingIsMoved() {
        open();
        advance(1, "a");
        operators.maintainWhileOverBudget();
        assertEquals(0, operators.maintain());
    }

    private ColdFiles cold() {
        ColdStoreProvider provider = new ColdStoreProvider() {
            @Override
            public List<String> missingFlags() {
                return List.of();
            }

            @Override
            public void warmUp() {}

            @Override
            public ColdStore open(ColdStoreSpec spec) {
                ColdStore store = new MemoryColdStore(spec.keyBytes(), Long.MAX_VALUE);
                files.add(store);
                return store;
            }
        };
        return new ColdFiles(provider, "", Long.MAX_VALUE, null);
    }
}
