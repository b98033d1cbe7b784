package io.millrace.engine.window;

import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.engine.state.StoreOpener;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.PlanNode;
import java.util.List;

/** Makes the operators over windows. */
public final class WindowOperators {
    private WindowOperators() {}

    /** {@code window}: takes in rows of any kind. */
    public static StatefulOperator rows(PlanNode.Window node, long inputSlideMs, StoreOpener opener) {
        WindowGrid grid = WindowGrid.of(node.span());
        return new RowWindow(
                node.id(), grid, node.span().lengthMs(), node.span().slideMs(), inputSlideMs, opener);
    }

    /** {@code reduceByKeyAndWindow}: takes in one row per key and batch. */
    public static StatefulOperator byKey(
            PlanNode.WindowAggregate node, long inputSlideMs, int partitions, StoreOpener opener) {
        WindowGrid grid = WindowGrid.of(node.span());
        Merging merging = new Merging(new OperatorFunction(node.id(), node.merge()), opener.policy());
        List<KeyedStore> stores = node.inverse() == null
                ? opener.openHeld(node.id(), partitions) // a key is in a pane, or gone
                : opener.open(node.id(), partitions, false);
        return new KeyedWindow(
                node.id(),
                grid,
                inputSlideMs,
                stores.stream()
                        .map(store -> partition(node, grid, store, merging, opener))
                        .toList(),
                node.inverse() != null,
                opener);
    }

    private static WindowPartition partition(
            PlanNode.WindowAggregate node, WindowGrid grid, KeyedStore store, Merging merging, StoreOpener opener) {
        if (node.inverse() == null) {
            return new SlidingPartition(grid, store, merging, opener.ledger());
        }
        Merging inverse = new Merging(new OperatorFunction(node.id(), node.inverse()), opener.policy());
        OperatorFunction filter = node.filter() == null ? null : new OperatorFunction(node.id(), node.filter());
        return new SubtractingPartition(grid, store, merging, inverse, filter, opener.ledger());
    }
}
