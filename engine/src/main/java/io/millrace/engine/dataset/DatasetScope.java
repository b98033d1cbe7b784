package io.millrace.engine.dataset;

import io.millrace.api.MillraceContext;
import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.exchange.ExchangeOpener;
import io.millrace.engine.exchange.ExchangedRows;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.group.CogroupedRows;
import io.millrace.engine.lease.BothLeases;
import io.millrace.engine.lease.Lease;
import io.millrace.engine.physical.PartitionStep;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.pipeline.PartitionMappedRows;
import io.millrace.engine.pipeline.PipelinedRows;
import io.millrace.engine.pipeline.Pipelines;
import io.millrace.engine.task.CachedRows;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.Rows;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Match;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What datasets of one batch, or of one context, have in common, and all ways in which one dataset is made of others. Every way
 * is lazy: a dataset is a description until an action reads it, and runs on the stages and kernels that streams run on. Safe
 * from several threads.
 *
 * @param runner runs tasks
 * @param shared with all datasets of the engine
 * @param lease for how long the datasets may be read
 * @param context the context they name
 */
public record DatasetScope(
        DatasetRunner runner,
        Pipelines pipelines,
        LanePolicy policy,
        MemoryLedger ledger,
        DatasetShared shared,
        Lease lease,
        Supplier<MillraceContext> context) {
    /** The scope of what is made of datasets of this and another one. */
    public DatasetScope with(DatasetScope other) {
        Lease both = BothLeases.of(lease, other.lease);
        return both == lease ? this : during(both);
    }

    /**
     * What a dataset of this engine is.
     *
     * @param call what it is given to, for messages
     * @throws IllegalArgumentException if it is none of this engine's
     */
    public DatasetNode nodeOf(String call, Object dataset) {
        if (dataset instanceof DatasetView view && view.node().scope().shared == shared) {
            return view.node();
        }
        throw new IllegalArgumentException(
                call + " with " + (dataset == null ? "null" : "a dataset of another engine, " + dataset)
                        + "; make all of them with one MillraceContext");
    }

    /** The same for datasets with another lease. */
    public DatasetScope during(Lease other) {
        return new DatasetScope(runner, pipelines, policy, ledger, shared, other, context);
    }

    /** Whether the calling thread is in the middle of a task. */
    public boolean isInsideTask() {
        return runner.isInsideTask();
    }

    /** How exchanges get their work done. */
    public BatchExchange.Steps steps() {
        return new BatchExchange.Steps() {
            @Override
            public void forEachPartition(Rows input, PartitionTask step) {
                runner.forEachPartition(input, lease.batchTimeMs(), step);
            }

            @Override
            public void forEach(int tasks, long rows, PartitionTask step) {
                runner.forEach(tasks, rows, lease.batchTimeMs(), step);
            }
        };
    }

    /** Each row through a map, a filter or a flat map. */
    Rows narrow(Rows input, PlanNode step) {
        return PipelinedRows.then(input, step, pipelines);
    }

    /** Each partition through a function over its iterator. */
    public Rows byPartition(Rows input, PartitionStep step) {
        return new PartitionMappedRows(input, step, policy, lease.batchTimeMs());
    }

    /** The rows in other partitions, folded on the way or not; computed once. */
    Rows exchanged(OperatorId operator, Rows input, Redistribution how) {
        BatchExchange exchange = new ExchangeOpener(runner.scratchCount(), policy, ledger).open(operator, how);
        ExchangedRows rows = new ExchangedRows(input, exchange, how.partitions(), steps());
        lease.own(rows, exchange);
        return rows;
    }

    /** One row per key, with the list of its values; the input is partitioned by key. */
    public Rows grouped(OperatorId operator, Rows partitioned) {
        return CogroupedRows.grouped(operator.text(), partitioned, ledger, policy);
    }

    /** One row per key, with what is made of the lists of its values in each input; the inputs are partitioned alike. */
    Rows cogrouped(OperatorId operator, List<Rows> partitioned, Function<List<?>[], Object> row) {
        return CogroupedRows.cogrouped(operator.text(), partitioned, row, ledger, policy);
    }

    /** Two inputs matched by key; they are partitioned alike. */
    public Rows matched(OperatorId operator, Rows left, Rows right, Match match) {
        return CogroupedRows.matched(operator.text(), left, right, match, ledger, policy);
    }

    /** The rows, kept after they were first read. */
    public CachedRows cached(Rows input) {
        CachedRows rows = new CachedRows(input, ledger);
        lease.own(rows, rows.kept());
        return rows;
    }
}
