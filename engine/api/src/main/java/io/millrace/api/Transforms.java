package io.millrace.api;

import io.millrace.api.function.Function2;
import io.millrace.api.function.Function3;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Streams made of a function over the datasets of a batch. */
final class Transforms {
    private Transforms() {}

    /** One input. The result is a {@code PairDStream} or a {@code DStream}, as {@code pairs} says. */
    @SuppressWarnings("unchecked") // the planner hands over datasets of the inputs' kinds
    static <R extends RDDLike<?>, X> X stream(
            DStreamLike<?, ?, R> input, boolean pairs, Function2<R, Time, ? extends RDDLike<?>> function) {
        return (X) add(
                pairs ? "transformToPair" : "transform",
                input.context(),
                List.of(input),
                pairs,
                (rdds, time) -> function.call((R) rdds.get(0), time));
    }

    /** Two inputs. */
    @SuppressWarnings("unchecked") // as above
    static <R extends RDDLike<?>, Q extends RDDLike<?>, X> X two(
            String kind,
            DStreamLike<?, ?, R> input,
            DStreamLike<?, ?, Q> other,
            boolean pairs,
            Function3<R, Q, Time, ? extends RDDLike<?>> function) {
        Objects.requireNonNull(function, () -> "function of " + kind);
        input.checkSameContext(kind, other);
        return (X) add(
                kind,
                input.context(),
                List.of(input, other),
                pairs,
                (rdds, time) -> function.call((R) rdds.get(0), (Q) rdds.get(1), time));
    }

    /** Any number of plain inputs, in the order of the list. */
    @SuppressWarnings("unchecked") // as above
    static <X> X many(
            String kind,
            StreamingContext context,
            List<? extends DStream<?>> inputs,
            boolean pairs,
            Function2<List<RDD<?>>, Time, ? extends RDDLike<?>> function) {
        Objects.requireNonNull(function, () -> "function of " + kind);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException(kind + " of no streams; give one at least");
        }
        context.checkInputs(kind, inputs);
        return (X) add(kind, context, inputs, pairs, (rdds, time) -> {
            List<RDD<?>> plain = new ArrayList<>();
            rdds.forEach(rdd -> plain.add((RDD<?>) rdd));
            return function.call(plain, time);
        });
    }

    private static DStreamLike<?, ?, ?> add(
            String kind,
            StreamingContext context,
            List<? extends DStreamLike<?, ?, ?>> inputs,
            boolean pairs,
            Function2<List<RDDLike<?>>, Time, RDDLike<?>> function) {
        List<OperatorId> ids = inputs.stream().<OperatorId>map(DStreamLike::id).toList();
        List<Boolean> pairInputs = inputs.stream().map(DStreamLike::isPairs).toList();
        OperatorId id = context.add(kind, node -> new PlanNode.BatchTransform(node, ids, pairInputs, pairs, function));
        return pairs ? new PairDStream<>(context, id) : new DStream<>(context, id);
    }
}
