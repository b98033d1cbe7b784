package io.millrace.engine.exchange;

import io.millrace.engine.key.KeySpread;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ChunkView;
import io.millrace.engine.task.CountedRows;
import io.millrace.engine.task.PairChunks;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * All rows in other partitions. Each writer keeps what it reads in buffers of its own, one per partition of the result; after
 * a barrier a partition is read from the buffers of all writers, without locks. Rows come in the order of the input's
 * partitions and of rows inside them, however many workers there were.
 *
 * <p>Cost: one copy of each row, in its lane.
 */
public final class ShuffleExchange implements BatchExchange {
    private final int partitions;
    private final IntFunction<RowSpread> spreads;
    private final MemoryLedger ledger;
    private final Writer[] writers;

    private ShuffleExchange(int partitions, IntFunction<RowSpread> spreads, int writers, MemoryLedger ledger) {
        this.partitions = partitions;
        this.spreads = spreads;
        this.ledger = ledger;
        this.writers = new Writer[writers];
    }

    /**
     * Pairs to the partitions of their keys.
     *
     * @param operator name for messages
     * @param writers how many threads may write
     */
    public static ShuffleExchange byKey(String operator, KeySpread spread, int writers, MemoryLedger ledger) {
        RowSpread byKey = (chunk, into) -> {
            PairChunks.check(operator, chunk);
            spread.partitionsOf(chunk.first(), chunk.rows(), into);
        };
        return new ShuffleExchange(spread.partitions(), input -> byKey, writers, ledger);
    }

    /** Rows dealt out in turn; each partition of the input begins with another partition of the result. */
    public static ShuffleExchange inTurn(int partitions, int writers, MemoryLedger ledger) {
        return new ShuffleExchange(partitions, input -> new InTurn(input % partitions, partitions), writers, ledger);
    }

    @Override
    public ChunkSink writer(WorkerScratch scratch, int partition) {
        int index = scratch.index();
        if (writers[index] == null) {
            writers[index] = new Writer();
        }
        writers[index].begin(partition);
        return writers[index];
    }

    @Override
    public void finish(Steps steps) {}

    @Override
    public Rows result() {
        return new Result();
    }

    @Override
    public void clear() {
        for (Writer writer : writers) {
            if (writer != null) {
                writer.forEachSegments(Segments::clear);
            }
        }
    }

    @Override
    public void close() {
        for (Writer writer : writers) {
            if (writer != null) {
                writer.forEachSegments(Segments::close);
            }
        }
    }

    private final class Writer implements ChunkSink {
        private final Segments[] targets = new Segments[partitions];
        private final int[] partitionOf = new int[Chunk.MAX_ROWS];
        private final int[] selected = new int[Chunk.MAX_ROWS];
        private final int[] ends = new int[partitions + 1];
        private RowSpread spread;
        private int input;

        void begin(int inputPartition) {
            input = inputPartition;
            spread = spreads.apply(inputPartition);
        }

        @Override
        public void accept(Chunk chunk) {
            int rows = chunk.rows();
            spread.partitionsOf(chunk, partitionOf);
            if (partitions == 1) {
                segments(0).append(input, chunk, null, 0, rows);
                return;
            }
            sortByPartition(rows);
            for (int partition = 0, from = 0; partition < partitions; partition++) {
                int end = ends[partition];
                if (end > from) {
                    segments(partition).append(input, chunk, selected, from, end - from);
                }
                from = end;
            }
        }

        /** A counting sort; afterwards the rows of partition p are {@code selected[ends[p - 1]]} up to {@code ends[p]}. */
        private void sortByPartition(int rows) {
            Arrays.fill(ends, 0);
            for (int row = 0; row < rows; row++) {
                ends[partitionOf[row] + 1]++;
            }
            for (int partition = 0; partition < partitions; partition++) {
                ends[partition + 1] += ends[partition];
            }
            for (int row = 0; row < rows; row++) {
                selected[ends[partitionOf[row]]++] = row;
            }
        }

        private Segments segments(int partition) {
            if (targets[partition] == null) {
                targets[partition] = new Segments(ledger);
            }
            return targets[partition];
        }

        void forEachSegments(Consumer<Segments> action) {
            for (Segments segments : targets) {
                if (segments != null) {
                    action.accept(segments);
                }
            }
        }
    }

    private static final class InTurn implements RowSpread {
        private final int partitions;
        private int next;

        InTurn(int first, int partitions) {
            this.next = first;
            this.partitions = partitions;
        }

        @Override
        public void partitionsOf(Chunk chunk, int[] into) {
            for (int row = 0, rows = chunk.rows(); row < rows; row++) {
                into[row] = next;
                next = next + 1 == partitions ? 0 : next + 1;
            }
        }
    }

    private final class Result implements CountedRows {
        @Override
        public int partitionCount() {
            return partitions;
        }

        @Override
        public long inputRows() {
            long rows = 0;
            for (Writer writer : writers) {
                if (writer != null) {
                    for (Segments segments : writer.targets) {
                        rows += segments == null ? 0 : segments.size();
                    }
                }
            }
            return rows;
        }

        @Override
        public ChunkSource open(int partition, WorkerScratch scratch) {
            List<Segments.Run> runs = new ArrayList<>();
            for (Writer writer : writers) {
                if (writer != null && writer.targets[partition] != null) {
                    writer.targets[partition].collect(runs);
                }
            }
            runs.sort(Comparator.comparingInt(Segments.Run::input));
            return new Runs(runs.iterator(), scratch.view());
        }
    }

    private static final class Runs implements ChunkSource {
        private final Iterator<Segments.Run> rest;
        private final ChunkView view;
        private ChunkSource current = EMPTY;

        Runs(Iterator<Segments.Run> runs, ChunkView view) {
            this.rest = runs;
            this.view = view;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            if (current.next(sink)) {
                return true;
            }
            if (!rest.hasNext()) {
                return false;
            }
            Segments.Run run = rest.next();
            current = run.rows().open(run.from(), run.to(), view);
            return true;
        }
    }
}
