package io.millrace.engine.state;

import io.millrace.engine.kernel.Merging;
import io.millrace.engine.task.RowStore;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LaneColumns;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.state.KeyedStore;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code mapWithState} with a running reduction: each row's key comes out with its new state. Rows of a chunk are taken in rounds of
 * different keys: all first ones of their keys, then all second ones, and so on.
 */
final class RunningMapping implements MapOperator.RowMapping {
    private static final int BUCKETS = 4 * Chunk.MAX_ROWS;

    private final Merging merging;
    private final RunningValues values;
    private final int[] buckets = new int[BUCKETS];
    private final int[] bucketOfRow = new int[Chunk.MAX_ROWS];
    private final int[] rounds = new int[Chunk.MAX_ROWS];
    private final int[] rowsOfRound = new int[Chunk.MAX_ROWS];
    private final int[] handlesOfRound = new int[Chunk.MAX_ROWS];
    private final int[] ends = new int[Chunk.MAX_ROWS + 1];
    private final int[] next = new int[Chunk.MAX_ROWS];
    private final LaneColumns ofRound = new LaneColumns();
    private final LaneColumns all = new LaneColumns();
    private final RefColumn boxes = new RefColumn();
    private final Chunk out = new Chunk();
    private final int[] roundOf = new int[BUCKETS];

    RunningMapping(KeyedStore store, Merging merging) {
        this.values = new RunningValues(store, merging);
        this.merging = merging;
    }

    @Override
    public Optional<ElementType> stateType() {
        return merging.declaredType();
    }

    @Override
    public void map(long timeMs, Chunk chunk, int[] handles, RowStore into) throws Exception {
        int rows = chunk.rows();
        Column come = RunningUpdateOperator.boxed(chunk.second(), rows, boxes);
        int roundCount = assignRounds(handles, rows);
        Column states =
                roundCount == 1 ? values.merge(handles, come, rows) : mergedInRounds(handles, come, rows, roundCount);
        out.set(chunk.first(), states, rows);
        into.accept(out);
        boxes.clear(rows);
        values.clear();
        ofRound.forget(rows);
        all.forget(rows);
    }

    /** For each row, how many rows before it have its key; the greatest of them and one more. */
    private int assignRounds(int[] handles, int rows) {
        int most = 0;
        for (int row = 0; row < rows; row++) {
            int wanted = handles[row] + 1;
            int bucket = handles[row] * 0x9E3779B9 >>> 20 & BUCKETS - 1;
            while (buckets[bucket] != 0 && buckets[bucket] != wanted) {
                bucket = bucket + 1 & BUCKETS - 1;
            }
            roundOf[bucket] = buckets[bucket] == 0 ? 0 : roundOf[bucket] + 1;
            buckets[bucket] = wanted;
            bucketOfRow[row] = bucket;
            rounds[row] = roundOf[bucket];
            most = Math.max(most, roundOf[bucket]);
        }
        for (int row = 0; row < rows; row++) {
            buckets[bucketOfRow[row]] = 0;
        }
        return most + 1;
    }

    private Column mergedInRounds(int[] handles, Column come, int rows, int roundCount) throws Exception {
        Arrays.fill(ends, 0, roundCount + 1, 0);
        for (int row = 0; row < rows; row++) {
            ends[rounds[row] + 1]++;
        }
        for (int round = 0; round < roundCount; round++) {
            ends[round + 1] += ends[round];
        }
        System.arraycopy(ends, 0, next, 0, roundCount);
        for (int row = 0; row < rows; row++) {
            rowsOfRound[next[rounds[row]]++] = row;
        }
        Column merged = null;
        for (int round = 0; round < roundCount; round++) {
            merged = merge(handles, come, ends[round], ends[round + 1], merged, rows);
        }
        return merged;
    }

    private Column merge(int[] handles, Column come, int from, int to, Column merged, int rows) throws Exception {
        Column some = ofRound.of(come.type());
        for (int i = from; i < to; i++) {
            handlesOfRound[i - from] = handles[rowsOfRound[i]];
            LaneColumns.copy(come, rowsOfRound[i], some, i - from);
        }
        Column states = values.merge(handlesOfRound, some, to - from);
        Column into = joint(merged, states, rows);
        for (int i = from; i < to; i++) {
            LaneColumns.copy(states, i - from, into, rowsOfRound[i]);
        }
        return into;
    }

    /** The column for all rows: as it was, unless what comes is of another type. */
    private Column joint(Column merged, Column more, int rows) {
        if (merged == null) {
            return all.of(more.type());
        }
        if (merged.type() == more.type() || merged instanceof RefColumn) {
            return merged;
        }
        Column refs = all.of(ElementType.REF);
        for (int row = 0; row < rows; row++) {
            LaneColumns.copy(merged, row, refs, row);
        }
        return refs;
    }

    @Override
    public void timeOut(long timeMs, int[] handles, int count, RowStore into) {}

    @Override
    public void end(boolean isComplete) {}
}
