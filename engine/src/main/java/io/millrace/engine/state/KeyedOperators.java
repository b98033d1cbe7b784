package io.millrace.engine.state;

import io.millrace.api.StateOptions;
import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.task.Rows;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StateMapping;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the operators that have a state for each key. */
public final class KeyedOperators {
    private KeyedOperators() {}

    /**
     * {@code updateStateByKey}. With a running reduction it takes in folded rows, else grouped ones.
     *
     * @param initial gives states to begin with, partitioned by key; null for none
     */
    public static StatefulOperator update(
            PlanNode.StateUpdate node, int partitions, StoreOpener opener, Supplier<Rows> initial) {
        StateOptions options = node.options();
        List<KeyedStore> stores = opener.open(node.id(), partitions, options.ttl() != null);
        if (node.function() instanceof Recognised recognised
                && recognised.expression() instanceof Expression.Running running) {
            Merging merging = new Merging(new OperatorFunction(node.id(), running.merge()), opener.policy());
            return new RunningUpdateOperator(node.id(), merging, stores, initial, options);
        }
        UpdateFunction function = new UpdateFunction(new OperatorFunction(node.id(), node.function()));
        return new UpdateOperator(node.id(), function, stores, initial, options);
    }

    /**
     * {@code mapWithState}. Takes in rows by key.
     *
     * @param initial gives states to begin with, partitioned by key; null for none
     */
    public static StatefulOperator map(
            PlanNode.StateMap node, int partitions, StoreOpener opener, Supplier<Rows> initial) {
        StateMapping mapping = node.mapping();
        boolean tracksTimes = mapping.options().ttl() != null || mapping.timeout() != null;
        return new MapOperator(
                node.id(),
                opener.open(node.id(), partitions, tracksTimes),
                rowMapping(node.id(), mapping.call(), opener),
                initial,
                mapping.timeout(),
                mapping.options(),
                opener.ledger());
    }

    private static Function<KeyedStore, MapOperator.RowMapping> rowMapping(
            OperatorId id, StateMapping.Call call, StoreOpener opener) {
        if (call instanceof StateMapping.Running running) {
            Merging merging = new Merging(new OperatorFunction(id, running.function()), opener.policy());
            return store -> new RunningMapping(store, merging);
        }
        MappingFunction function = new MappingFunction(id, call);
        return store -> new CalledMapping(id.text(), store, function, opener.policy());
    }
}
