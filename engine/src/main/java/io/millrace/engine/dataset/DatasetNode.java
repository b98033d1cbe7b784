package io.millrace.engine.dataset;

import io.millrace.api.Partitioner;
import io.millrace.api.StorageLevel;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A dataset without the type of its records: what it is made of, and whether its rows are kept. Rows are asked for when an
 * action runs, not before, so that it counts what is kept then. Narrow steps that follow each other without a kept dataset
 * between them become one loop. Safe from several threads.
 */
public final class DatasetNode {
    private final DatasetScope scope;
    private final int id;
    private final String kind;
    private final List<DatasetNode> parents;
    private final Partitioner partitioner;
    private final PlanNode step;
    private final Supplier<Rows> maker;
    private volatile String name;
    private StorageLevel level = StorageLevel.NONE;
    private Rows kept;
    private Rows made;
    private Rows madeOf;

    private DatasetNode(
            DatasetScope scope,
            int id,
            String kind,
            List<DatasetNode> parents,
            Partitioner partitioner,
            PlanNode step,
            Supplier<Rows> maker) {
        this.scope = scope;
        this.id = id;
        this.kind = kind;
        this.parents = List.copyOf(parents);
        this.partitioner = partitioner;
        this.step = step;
        this.maker = maker;
    }

    /** A dataset that is made of nothing but rows. */
    public static DatasetNode source(DatasetScope scope, String kind, Rows rows) {
        return source(scope, kind, null, rows);
    }

    /**
     * A dataset that is made of nothing but rows, which are where a partitioner put them.
     *
     * @param partitioner null if a row's key does not say where it is
     */
    public static DatasetNode source(DatasetScope scope, String kind, Partitioner partitioner, Rows rows) {
        return new DatasetNode(scope, scope.shared().nextId(), kind, List.of(), partitioner, null, () -> rows);
    }

    /**
     * A dataset whose rows are those of one other, each through a step.
     *
     * @param kind what is done to them, for messages
     * @param partitioner null if a row's key does not say where it is
     */
    static DatasetNode narrow(String kind, DatasetNode parent, Partitioner partitioner, StepMaker step) {
        int id = parent.scope.shared().nextId();
        PlanNode made = step.make(operatorId(kind, id));
        return new DatasetNode(parent.scope, id, kind, List.of(parent), partitioner, made, null);
    }

    /**
     * A dataset whose rows are made in another way.
     *
     * @param kind what is done to its parents, for messages
     * @param partitioner null if a row's key does not say where it is
     * @param maker called at most once, when rows are first asked for
     */
    static DatasetNode derived(String kind, List<DatasetNode> parents, Partitioner partitioner, RowsMaker maker) {
        DatasetScope scope = parents.get(0).scope;
        for (DatasetNode parent : parents) {
            scope = scope.with(parent.scope);
        }
        DatasetScope joint = scope;
        int id = joint.shared().nextId();
        OperatorId operator = operatorId(kind, id);
        return new DatasetNode(joint, id, kind, parents, partitioner, null, () -> maker.make(joint, operator));
    }

    /** What a step of that kind, or the operator behind a dataset, is called in messages. */
    static OperatorId operatorId(String kind, int id) {
        return new OperatorId(kind + " (RDD " + id + ")");
    }

    /** Makes the rows of a dataset. */
    @FunctionalInterface
    interface RowsMaker {
        /** The rows, in the scope of the dataset; the operator's name is for messages. */
        Rows make(DatasetScope scope, OperatorId operator);
    }

    /** Makes a narrow step. */
    @FunctionalInterface
    interface StepMaker {
        /** The step under that name. */
        PlanNode make(OperatorId operator);
    }

    /** What it has in common with other datasets. */
    public DatasetScope scope() {
        return scope;
    }

    /** A number that no other dataset of its engine has. */
    public int id() {
        return id;
    }

    /** As the program named it; null if it did not. */
    public String name() {
        return name;
    }

    /** Named so from now on; null takes the name back. */
    public void setName(String newName) {
        name = newName;
    }

    /** Null if there is none. */
    public Partitioner partitioner() {
        return partitioner;
    }

    int partitionCount() {
        return rows().partitionCount();
    }

    /** Its rows as they are to be read now: kept ones, if it is kept. */
    public synchronized Rows rows() {
        return kept != null ? kept : computed();
    }

    private Rows computed() {
        if (step == null) {
            if (made == null) {
                made = maker.get();
            }
            return made;
        }
        Deque<PlanNode> steps = new ArrayDeque<>();
        steps.push(step);
        DatasetNode base = parents.get(0);
        while (base.step != null && !base.isKept()) {
            steps.push(base.step);
            base = base.parents.get(0);
        }
        Rows input = base.rows();
        if (madeOf != input) {
            Rows stepped = input;
            for (PlanNode next : steps) {
                stepped = scope.narrow(stepped, next);
            }
            made = stepped;
            madeOf = input;
        }
        return made;
    }

    /** The rows for datasets that are made of this one: asks for {@link #rows} each time. */
    Rows deferredRows() {
        return new Deferred(this);
    }

    /** At which its rows are kept; {@link StorageLevel#NONE} if they are not. */
    public synchronized StorageLevel level() {
        return level;
    }

    private synchronized boolean isKept() {
        return kept != null;
    }

    /** Keep the rows from their first computation on. */
    public synchronized void persist(StorageLevel wanted) {
        Objects.requireNonNull(
                wanted, () -> this + " persisted at no level; give one, such as StorageLevel.MEMORY_ONLY");
        if (level.equals(wanted)) {
            return;
        }
        if (!level.equals(StorageLevel.NONE)) {
            throw new UnsupportedOperationException(this + " has the level " + level.description()
                    + " already and cannot have another; unpersist() it before");
        }
        kept = scope.cached(computed());
        scope.shared().persisted().add(this);
        level = wanted; // last: what threw before has kept nothing, and may be asked for again
    }

    /** Keep the rows no more; who reads them now reads on. */
    public synchronized void unpersist() {
        if (kept != null) {
            scope.shared().persisted().remove(this);
            kept = null;
            level = StorageLevel.NONE;
        }
    }

    /** This and what it is made of, a line each, the deeper the further to the right. */
    public String toDebugString() {
        StringBuilder text = new StringBuilder();
        describe(text, 0);
        return text.toString();
    }

    private void describe(StringBuilder text, int depth) {
        text.append(depth == 0 ? "" : "\n").append("  ".repeat(depth)).append(this);
        StorageLevel keptAt = level();
        if (!keptAt.equals(StorageLevel.NONE)) {
            text.append(" [").append(keptAt.description()).append(']');
        }
        parents.forEach(parent -> parent.describe(text, depth + 1));
    }

    /** {@code counts RDD 7, reduceByKey}. */
    @Override
    public String toString() {
        String given = name;
        return (given == null ? "" : given + " ") + "RDD " + id + ", " + kind;
    }

    private record Deferred(DatasetNode node) implements Rows {
        @Override
        public int partitionCount() {
            return node.partitionCount();
        }

        @Override
        public long inputRows() {
            return node.rows().inputRows();
        }

        @Override
        public boolean isKnownEmpty() {
            return node.rows().isKnownEmpty();
        }

        @Override
        public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
            Rows rows = node.rows();
            return new Holding(rows, rows.open(partition, scratch));
        }
    }

    /** Holds the rows while a partition is read: what they keep is given back when nobody holds them. */
    private record Holding(Rows rows, ChunkSource source) implements ChunkSource {
        @Override
        public boolean next(ChunkSink sink) throws Exception {
            return source.next(sink);
        }

        @Override
        public void close() {
            source.close();
            Reference.reachabilityFence(rows);
        }
    }
}
