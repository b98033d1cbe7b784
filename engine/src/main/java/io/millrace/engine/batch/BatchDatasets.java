package io.millrace.engine.batch;

import io.millrace.api.MillraceException;
import io.millrace.api.Partitioner;
import io.millrace.api.RDDLike;
import io.millrace.api.Time;
import io.millrace.engine.dataset.DatasetNode;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.exchange.ExchangedRows;
import io.millrace.engine.function.ProgramFailure;
import io.millrace.engine.lease.BatchLease;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.physical.TransformSpec;
import io.millrace.engine.pipeline.PipelinedRows;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.engine.rdd.LocalPairRdd;
import io.millrace.engine.rdd.LocalRdd;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.task.CachedRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.UnionRows;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.CloseHelper;

/**
 * The datasets of one batch. A stage's rows are computed when they are read; an exchange, a transform and a persisted stage are
 * computed once and shared by all that read them until the batch ends. A batch may have no dataset of a source, and then it has
 * none of what is made of it. Safe from several threads.
 */
public final class BatchDatasets implements AutoCloseable {
    private final PhysicalPlan plan;
    private final BatchPlan batch;
    private final Exchanges exchanges;
    private final StatefulOperators stateful;
    private final BatchTime time;
    private final boolean isRemembered;
    private final BatchLease lease;
    private final DatasetScope scope;
    /** What programs see: to be read no longer than the batch, and than what transforms have mixed into it. */
    private DatasetScope visible;

    private final BatchExchange[] borrowed;
    private final ExchangedRows[] exchanged;
    private final CachedRows[] persisted;
    private final Rows[] transformed;
    /** What each operator that remembers something gives, and what it remembers; null where nobody asked. */
    private final Map<Stage.Stateful, Rows> ofStateful = new HashMap<>();

    private Throwable stateFailure;

    /**
     * The datasets of {@code batch}, whose shares are released at close.
     *
     * @param stateful the operators that remember something; it is this batch's turn
     * @param run the scope of the run, of which only the lease is not the batch's own
     * @param isRemembered whether the datasets may be asked for when later batches have run
     */
    public BatchDatasets(
            PhysicalPlan plan,
            BatchPlan batch,
            Exchanges exchanges,
            StatefulOperators stateful,
            DatasetScope run,
            boolean isRemembered) {
        this.plan = plan;
        this.batch = batch;
        this.exchanges = exchanges;
        this.stateful = stateful;
        this.time = new BatchTime(batch.zeroMs(), batch.timeMs());
        this.isRemembered = isRemembered;
        this.lease = new BatchLease(batch.timeMs());
        this.scope = run.during(lease);
        this.visible = scope;
        this.borrowed = new BatchExchange[plan.exchanges().size()];
        this.exchanged = new ExchangedRows[plan.exchanges().size()];
        this.persisted = new CachedRows[plan.persistedCount()];
        this.transformed = new Rows[plan.transforms().size()];
    }

    /** The time of the batch, milliseconds since the epoch. */
    public long timeMs() {
        return batch.timeMs();
    }

    /**
     * Let the operators that remember something take the batch in, before anybody asks for a dataset.
     *
     * @return why they left it out, in which case their datasets fail; null if all is well
     */
    public Throwable advanceState() {
        if (stateful.isEmpty()) {
            return null;
        }
        lease.enter("a dataset");
        try {
            synchronized (this) {
                Throwable failure = stateful.advance(time, this::rowsOf, scope.steps());
                stateFailure = failure;
                ofStateful.clear(); // an attempt may have read what the next one changed
                if (isRemembered && failure == null) {
                    keepStatesForLater();
                }
                return stateFailure;
            }
        } finally {
            lease.exit();
        }
    }

    /** Later batches change what is remembered, so this batch's share of it has to be read now. */
    private void keepStatesForLater() {
        try {
            keepStates();
        } catch (Exception failed) {
            stateFailure = failed;
        }
    }

    private void keepStates() throws Exception {
        for (Stage stage : plan.stages().values()) {
            if (stage instanceof Stage.Stateful from) {
                Rows rows = stateful.rows(from, time);
                if (rows != null) {
                    CachedRows kept = scope.cached(rows);
                    scope.steps()
                            .forEachPartition(kept, (partition, scratch) -> kept.read(partition, scratch, chunk -> {}));
                    ofStateful.put(from, kept);
                }
            }
        }
    }

    /** Whether there is a dataset in this batch of what has one every {@code slideMs}. */
    boolean isDue(long slideMs) {
        return time.isDue(slideMs);
    }

    /**
     * A stage as the program sees it; empty if the batch has no dataset of it. What the program's functions have to give for
     * it is asked for now, rows are computed later.
     *
     * @param pairs whether it is wanted as a pair RDD
     * @throws Exception what a function given to {@code transform} threw
     */
    public Optional<LocalDataset<?>> dataset(Stage stage, boolean pairs) throws Exception {
        lease.enter("a dataset");
        try {
            return madeOf(stage, pairs);
        } finally {
            lease.exit();
        }
    }

    private synchronized Optional<LocalDataset<?>> madeOf(Stage stage, boolean pairs) throws Exception {
        Rows rows = rowsOf(stage);
        return rows == null ? Optional.empty() : Optional.of(dataset(rows, pairs, plan.partitionerOf(stage)));
    }

    private LocalDataset<?> dataset(Rows rows, boolean pairs, Partitioner partitioner) {
        return pairs ? new LocalPairRdd<>(rows, partitioner, visible) : new LocalRdd<>(rows, visible);
    }

    /** The rows of a stage, null if this batch has none. */
    private Rows rowsOf(Stage stage) throws Exception {
        if (stage instanceof Stage.Source source) {
            return batch.rowsOf(source.streamId());
        } else if (stage instanceof Stage.Narrow narrow) {
            Rows input = rowsOf(narrow.input());
            return input == null ? null : new PipelinedRows(input, narrow.steps(), scope.pipelines());
        } else if (stage instanceof Stage.ByPartition mapped) {
            Rows input = rowsOf(mapped.input());
            return input == null ? null : scope.byPartition(input, mapped.step());
        } else if (stage instanceof Stage.Union union) {
            return new UnionRows(rowsOfAll("union", union.parts()));
        } else if (stage instanceof Stage.Exchanged from) {
            return exchanged(plan.exchanges().get(from.exchange()));
        } else if (stage instanceof Stage.Grouped grouped) {
            Rows input = rowsOf(grouped.input());
            return input == null ? null : scope.grouped(grouped.id(), input);
        } else if (stage instanceof Stage.Matched matched) {
            List<Rows> both = rowsOfAll(matched.id().text(), List.of(matched.left(), matched.right()));
            return scope.matched(matched.id(), both.get(0), both.get(1), matched.match());
        } else if (stage instanceof Stage.Transformed from) {
            return transformed(plan.transforms().get(from.transform()));
        }
        if (stage instanceof Stage.Stateful from) {
            return ofStateful(from);
        }
        return persisted((Stage.Persisted) stage);
    }

    private Rows ofStateful(Stage.Stateful stage) {
        Rows known = ofStateful.get(stage);
        if (known != null) {
            return known;
        }
        return stateFailure == null ? stateful.rows(stage, time) : new FailedRows(stateFailure);
    }

    private List<Rows> rowsOfAll(String operator, List<Stage> stages) throws Exception {
        List<Rows> all = new ArrayList<>();
        for (Stage stage : stages) {
            Rows rows = rowsOf(stage);
            if (rows == null) {
                throw noDataset(operator);
            }
            all.add(rows);
        }
        return all;
    }

    private MillraceException noDataset(String operator) {
        return new MillraceException("'" + operator + "' could not generate its dataset of batch " + batch.timeMs()
                + " ms: one of its inputs has none in this batch; give an empty dataset instead of null");
    }

    private Rows exchanged(ExchangeSpec spec) throws Exception {
        int index = spec.index();
        if (exchanged[index] == null) {
            Rows input = rowsOf(spec.input());
            if (input == null) {
                return null;
            }
            borrowed[index] = exchanges.borrow(index);
            exchanged[index] =
                    new ExchangedRows(input, borrowed[index], spec.how().partitions(), scope.steps());
        }
        return exchanged[index];
    }

    private Rows persisted(Stage.Persisted stage) throws Exception {
        if (persisted[stage.index()] == null) {
            Rows input = rowsOf(stage.input());
            if (input == null) {
                return null;
            }
            persisted[stage.index()] = scope.cached(input);
        }
        return persisted[stage.index()];
    }

    private Rows transformed(TransformSpec spec) throws Exception {
        if (transformed[spec.index()] == null) {
            List<RDDLike<?>> inputs = new ArrayList<>();
            List<Rows> rows = rowsOfAll(spec.node().id().text(), spec.inputs());
            for (int i = 0; i < rows.size(); i++) {
                boolean pairs = spec.node().pairInputs().get(i);
                Partitioner partitioner = plan.partitionerOf(spec.inputs().get(i));
                inputs.add((RDDLike<?>) dataset(rows.get(i), pairs, partitioner));
            }
            transformed[spec.index()] = given(spec.node().id(), called(spec.node(), inputs));
        }
        return transformed[spec.index()];
    }

    private RDDLike<?> called(PlanNode.BatchTransform node, List<RDDLike<?>> inputs) throws Exception {
        try {
            return node.function().call(inputs, new Time(batch.timeMs()));
        } catch (Exception thrown) {
            throw ProgramFailure.of(node.id(), batch.timeMs(), thrown);
        }
    }

    private Rows given(OperatorId operator, RDDLike<?> result) {
        if (result == null) {
            throw new MillraceException("the function of '" + operator + "' must not return null (batch "
                    + batch.timeMs() + " ms); return an empty dataset, such as context.emptyRDD()");
        }
        DatasetNode given = scope.nodeOf("'" + operator + "'", result);
        visible = visible.with(given.scope());
        return given.rows();
    }

    /** End the batch: its datasets can no longer be read, and when nobody reads any more its memory is given back. */
    @Override
    public void close() {
        lease.end();
        release();
    }

    private synchronized void release() {
        List<AutoCloseable> held = new ArrayList<>();
        for (int i = 0; i < exchanged.length; i++) {
            if (exchanged[i] != null) {
                int index = i;
                held.add(exchanged[index]::clear);
                held.add(() -> exchanges.giveBack(index, borrowed[index]));
            }
        }
        held.add(lease::closeOwned);
        held.add(batch::release);
        CloseHelper.closeAll(held); // all of them, whatever one throws
    }
}
