package io.millrace.jmh.state;

import io.millrace.api.Duration;
import io.millrace.api.HashPartitioner;
import io.millrace.api.StateOptions;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Function3;
import io.millrace.api.function.Reducers;
import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.engine.state.KeyedOperators;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.engine.state.StoreOpener;
import io.millrace.engine.window.WindowOperators;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Partitioning;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StateMapping;
import io.millrace.plan.WindowSpan;
import java.io.Serializable;
import java.util.List;

/** Operators in one partition, all in memory. */
final class Opened {
    private static final OperatorId INPUT = new OperatorId("input");
    private static final Partitioning ONE = Partitioning.by(new HashPartitioner(1));

    private Opened() {}

    private static StoreOpener opener(MemoryLedger ledger) {
        LanePolicy policy = new LanePolicy(true, new ShapeClasses(true, 16), new LaneMisses());
        return new StoreOpener(
                ledger,
                policy,
                () -> new ValueCodec(new RecordClasses(List.of(), new NoPairs())),
                ledger.maxBytes(),
                null);
    }

    /** A sum by key over so many slides of 1 ms. */
    static StatefulOperator window(int slides, boolean inverse, MemoryLedger ledger) {
        PlanNode.WindowAggregate node = new PlanNode.WindowAggregate(
                new OperatorId("window"),
                INPUT,
                new WindowSpan(slides, 1),
                Reducers.sumLong(),
                inverse ? Reducers.subtractLong() : null,
                null,
                ONE);
        return WindowOperators.byKey(node, 1, 1, opener(ledger));
    }

    /** A running sum by key. */
    static StatefulOperator running(MemoryLedger ledger) {
        StateMapping mapping = new StateMapping(
                new StateMapping.Running(Reducers.sumLong()), null, (Duration) null, StateOptions.NONE);
        return KeyedOperators.map(
                new PlanNode.StateMap(new OperatorId("running"), INPUT, mapping, ONE), 1, opener(ledger), null);
    }

    /** {@code mapWithState} with a function of the program's. */
    static StatefulOperator mapped(Function3<?, ?, ?, ?> function, MemoryLedger ledger) {
        StateMapping mapping =
                new StateMapping(new StateMapping.Plain(function), null, (Duration) null, StateOptions.NONE);
        return KeyedOperators.map(
                new PlanNode.StateMap(new OperatorId("mapped"), INPUT, mapping, ONE), 1, opener(ledger), null);
    }

    /** {@code updateStateByKey}. */
    static StatefulOperator update(Function2<?, ?, ?> function, MemoryLedger ledger) {
        return KeyedOperators.update(
                new PlanNode.StateUpdate(
                        new OperatorId("update"), INPUT, (Serializable) function, null, StateOptions.NONE, ONE),
                1,
                opener(ledger),
                null);
    }
}
