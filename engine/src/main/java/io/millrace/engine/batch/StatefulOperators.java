package io.millrace.engine.batch;

import io.millrace.api.StateFullException;
import io.millrace.api.StateView;
import io.millrace.api.Time;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.exchange.ExchangeOpener;
import io.millrace.engine.exchange.ExchangedRows;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.physical.StatefulSpec;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.ColdFiles;
import io.millrace.engine.state.KeyedOperators;
import io.millrace.engine.state.LoggedState;
import io.millrace.engine.state.OperatorLog;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.engine.state.StoreOpener;
import io.millrace.engine.task.Rows;
import io.millrace.engine.window.WindowOperators;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreFullException;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * The operators of one run that remember something. A batch changes all of them or, if it fails, none: then it is tried once more, and
 * after that left out. Between batches keys that are not asked for lately are moved out of memory.
 *
 * <p>Owner: the job thread. Others may read what is remembered while no batch changes it.
 */
public final class StatefulOperators implements AutoCloseable {
    private static final int UPKEEP_ENTRIES = 128;

    private final List<StatefulSpec> specs;
    private final List<StatefulOperator> operators = new ArrayList<>();
    private final List<OperatorLog> logs = new ArrayList<>();
    private final DatasetScope scope;
    private final ExchangeOpener exchanges;
    private final ColdFiles cold;
    private final long warmUpBytes;
    private final ReentrantLock lock = new ReentrantLock(true); // fair: a reader's turn comes between two batches
    private Time asOf;
    private volatile boolean isAdvancing;
    private boolean isClosed;

    /** Gives the rows of a stage in the batch at hand; null if it has none. */
    @FunctionalInterface
    interface StageRows {
        /** The rows. */
        Rows of(Stage stage) throws Exception;
    }

    /**
     * Operators that remember nothing yet.
     *
     * @param exchanges opens those for states to begin with
     * @param opener makes the stores; its cold files are this object's from now on
     */
    public StatefulOperators(PhysicalPlan plan, DatasetScope scope, ExchangeOpener exchanges, StoreOpener opener) {
        this.specs = plan.stateful();
        this.scope = scope;
        this.exchanges = exchanges;
        this.cold = opener.cold();
        this.warmUpBytes = opener.residentBytes() / 4;
        try {
            specs.forEach(spec -> operators.add(open(spec, opener)));
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private StatefulOperator open(StatefulSpec spec, StoreOpener opener) {
        PlanNode node = spec.node();
        if (node instanceof PlanNode.Window window) {
            return WindowOperators.rows(window, spec.inputSlideMs(), opener);
        } else if (node instanceof PlanNode.WindowAggregate window) {
            return WindowOperators.byKey(window, spec.inputSlideMs(), spec.partitions(), opener);
        } else if (node instanceof PlanNode.StateUpdate update) {
            return KeyedOperators.update(update, spec.partitions(), opener, initial(spec, update.initial()));
        }
        PlanNode.StateMap map = (PlanNode.StateMap) node;
        return KeyedOperators.map(
                map, spec.partitions(), opener, initial(spec, map.mapping().initial()));
    }

    /** States to begin with, where their keys belong. */
    private Supplier<Rows> initial(StatefulSpec spec, Object dataset) {
        if (dataset == null) {
            return null;
        }
        Rows rows = scope.nodeOf("initial states of '" + spec.node().id() + "'", dataset)
                .rows();
        return () -> {
            Redistribution how = new Redistribution.ShuffleByKey(spec.partitions(), spec.partitioner());
            BatchExchange exchange = exchanges.open(spec.node().id(), how);
            ExchangedRows shuffled = new ExchangedRows(rows, exchange, spec.partitions(), scope.steps());
            scope.lease().own(shuffled, exchange);
            return shuffled;
        };
    }

    /** Write what each batch changes into logs, from now on. */
    public void keepLogs() {
        operators.forEach(operator -> logs.add(operator.keepLog(scope.ledger())));
    }

    /** What the last batch has changed, to be cleared by the reader; in the order of the plan. The job thread. */
    public List<OperatorLog> logs() {
        return logs;
    }

    /** The operators, in the order of the plan. The job thread. */
    public List<StatefulOperator> operators() {
        return Collections.unmodifiableList(operators);
    }

    /**
     * Let an operator take in what a log has kept of it; before the first batch.
     *
     * @param entries reads them as they were written
     */
    public void restore(StatefulOperator operator, LoggedState logged, EntryReader entries) throws Exception {
        StatefulSpec spec = specs.get(operators.indexOf(operator));
        KeySpread spread =
                spec.partitions() == 0 ? null : new KeySpread(spec.node().id(), spec.partitions(), spec.partitioner());
        operator.restore(logged, entries, spread, scope.steps());
        maintainWhileOverBudget();
    }

    /** All was taken in, and the last batch was at that time. */
    public void restored(BatchTime last) throws Exception {
        for (StatefulOperator operator : operators) {
            operator.restored(last, scope.steps());
        }
        asOf = new Time(last.timeMs());
    }

    boolean isEmpty() {
        return specs.isEmpty();
    }

    /**
     * Take a batch in.
     *
     * @param rows of the batch
     * @return the failure if it was left out; null if all is well
     */
    Throwable advance(BatchTime time, StageRows rows, BatchExchange.Steps steps) {
        lock.lock();
        isAdvancing = true;
        try {
            Throwable failure = attempt(time, rows, steps);
            if (failure != null && !(failure instanceof StateFullException)) {
                failure = attempt(time, rows, steps);
            }
            if (failure == null) {
                asOf = new Time(time.timeMs());
            }
            return failure;
        } finally {
            isAdvancing = false;
            lock.unlock();
        }
    }

    private Throwable attempt(BatchTime time, StageRows rows, BatchExchange.Steps steps) {
        List<StatefulOperator> begun = new ArrayList<>();
        try {
            for (StatefulSpec spec : specs) {
                if (time.isDue(spec.inputSlideMs())) {
                    StatefulOperator operator = operators.get(spec.index());
                    Rows input = operator.wantsRows(time) ? rows.of(spec.input()) : null;
                    begun.add(operator);
                    operator.advance(time, input, steps);
                }
            }
        } catch (Throwable thrown) {
            begun.forEach(StatefulOperator::rollback);
            logs.forEach(OperatorLog::clear);
            return thrown instanceof StoreFullException full ? new StateFullException(full.getMessage(), full) : thrown;
        }
        commit(begun, steps);
        return null;
    }

    private static void commit(List<StatefulOperator> operators, BatchExchange.Steps steps) {
        for (StatefulOperator operator : operators) {
            try {
                operator.commit(steps);
            } catch (Exception ended) {
                throw new IllegalStateException(
                        "what '" + operator.id() + "' remembers could not be brought up to date", ended);
            }
        }
    }

    /** What an operator gives in the batch taken in last; null if it has no dataset of it. */
    Rows rows(Stage.Stateful stage, BatchTime time) {
        if (!time.isDue(specs.get(stage.operator()).inputSlideMs())) {
            return null;
        }
        StatefulOperator operator = operators.get(stage.operator());
        return stage.states() ? operator.states() : operator.result();
    }

    /** A bounded piece of upkeep; how much was done. */
    int maintain() {
        if (cold == null) {
            return 0;
        }
        lock.lock();
        try {
            int done = 0;
            for (StatefulOperator operator : operators) {
                for (KeyedStore store : operator.stores()) {
                    done += maintain(store);
                }
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    private int maintain(KeyedStore store) {
        if (store.residentBytes() < warmUpBytes) {
            return 0;
        }
        cold.warmUp();
        return cold.isWarm() ? store.maintain(UPKEEP_ENTRIES) : 0;
    }

    /** Make room, if more is in memory than should be, before another batch comes. */
    void maintainWhileOverBudget() {
        while (isOverBudget() && maintain() > 0) {
            continue; // maintain has done the work
        }
    }

    private boolean isOverBudget() {
        for (StatefulOperator operator : operators) {
            for (KeyedStore store : operator.stores()) {
                if (store.isOverBudget()) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * What an operator remembers.
     *
     * @throws IllegalArgumentException if it is not planned
     */
    StateView<Object, Object> view(OperatorId operator) {
        for (StatefulSpec spec : specs) {
            if (spec.node().id().equals(operator) && spec.partitioner() != null) {
                return new LocalStateView(this, operators.get(spec.index()).stores(), spec);
            }
        }
        throw new IllegalArgumentException(
                "'" + operator + "' has no state to be read: no output reads it, so it is not"
                        + " computed; give it an output, foreachRDD say");
    }

    /**
     * Between two batches.
     *
     * @throws IllegalStateException in a function that this batch runs: it would wait for itself
     */
    <T> T read(Supplier<T> reading) {
        if (isAdvancing && (scope.isInsideTask() || lock.isHeldByCurrentThread())) {
            throw new IllegalStateException(
                    "state was asked for inside a function of a batch that is changing it, which would"
                            + " wait for itself; read it in an output, or from a thread of your own");
        }
        lock.lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("the context was stopped, and what it remembered is gone");
            }
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    Time asOf() {
        return asOf;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                CloseHelper.closeAll(operators);
                CloseHelper.closeAll(logs);
                CloseHelper.close(cold);
            }
        } finally {
            lock.unlock();
        }
    }
}
