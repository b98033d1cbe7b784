package io.millrace.engine.physical;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import io.millrace.plan.type.DeclaredTypes;
import io.millrace.type.RecordType;
import java.util.Iterator;

/**
 * A function over the iterator of a whole partition. Compared by identity, as {@link NarrowSteps} are.
 */
public final class PartitionStep {
    private final OperatorId id;
    private final PartitionFunction function;
    private final RecordType result;

    /**
     * A step of that name.
     *
     * @param result what it promises to give, {@link RecordType#UNKNOWN} if nothing
     */
    public PartitionStep(OperatorId id, RecordType result, PartitionFunction function) {
        this.id = id;
        this.result = result;
        this.function = function;
    }

    /** The step of an operator. */
    @SuppressWarnings("unchecked") // the program's types say so
    public static PartitionStep of(PlanNode.PartitionMap node) {
        RecordType result = DeclaredTypes.resultOf(node.function());
        if (node.shape() == Shape.PAIR) {
            PairFlatMapFunction<Iterator<Object>, Object, Object> map =
                    (PairFlatMapFunction<Iterator<Object>, Object, Object>) node.function();
            return new PartitionStep(node.id(), result, (partition, records) -> map.call(records));
        }
        FlatMapFunction<Iterator<Object>, Object> map = (FlatMapFunction<Iterator<Object>, Object>) node.function();
        return new PartitionStep(node.id(), result, (partition, records) -> map.call(records));
    }

    /** Whose function it is. */
    public OperatorId id() {
        return id;
    }

    /** What it promises to give. */
    public RecordType result() {
        return result;
    }

    /** The function. */
    public PartitionFunction function() {
        return function;
    }

    /** From the records of one partition to those of the result. */
    @FunctionalInterface
    public interface PartitionFunction {
        /**
         * Called once per partition.
         *
         * @param partition its number
         * @param records read while they are asked for
         */
        Iterator<?> call(int partition, Iterator<Object> records) throws Exception;
    }
}
