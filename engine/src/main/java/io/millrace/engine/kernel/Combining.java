package io.millrace.engine.kernel;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.plan.Aggregator;
import java.util.List;

/** Combiners made of a slot's first value and grown by the others. Over objects: a combiner may be anything. */
final class Combining implements Folding {
    private final OperatorFunction function;
    private final LanePolicy policy;

    /** @param function its functions are an {@link Aggregator.Combine} */
    Combining(OperatorFunction function, LanePolicy policy) {
        this.function = function;
        this.policy = policy;
    }

    @Override
    public SlotFold foldFor(ElementType type) {
        Aggregator.Combine by = (Aggregator.Combine) function.function();
        return Merging.make(
                policy,
                CombineFold.class,
                List.of(by.create().getClass(), by.mergeValue().getClass()),
                function,
                ElementType.REF);
    }

    @Override
    public SlotFold fold(SlotFold fold, int[] slots, Column input, int rows, int slotCount, RefColumn boxes)
            throws Exception {
        fold.fold(slots, Merging.boxed(input, 0, rows, boxes), 0, rows, slotCount);
        boxes.clear(rows);
        return fold;
    }
}
