package io.millrace.engine.pipeline;

import io.millrace.engine.physical.Branch;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;

/** A dataset seen through a branch's operators; computed again at each reading. */
public final class PipelinedRows implements Rows {
    private final Rows input;
    private final Branch branch;
    private final Pipelines pipelines;

    private PipelinedRows(Rows input, Branch branch, Pipelines pipelines) {
        this.input = input;
        this.branch = branch;
        this.pipelines = pipelines;
    }

    /** The input itself if the branch has no operators. */
    public static Rows of(Rows input, Branch branch, Pipelines pipelines) {
        return branch.steps().isEmpty() ? input : new PipelinedRows(input, branch, pipelines);
    }

    @Override
    public int partitionCount() {
        return input.partitionCount();
    }

    @Override
    public long inputRows() {
        return input.inputRows();
    }

    @Override
    public boolean isKnownEmpty() {
        return input.isKnownEmpty();
    }

    @Override
    public void read(int partition, WorkerScratch scratch, ChunkSink sink) throws Exception {
        Pipeline pipeline = scratch.madeFor(branch, this::open);
        pipeline.end.target = sink;
        try {
            input.read(partition, scratch, pipeline.head);
            pipeline.head.finish();
        } catch (Throwable failed) {
            pipeline.head.reset();
            throw failed;
        } finally {
            pipeline.end.target = null;
        }
    }

    private Pipeline open() {
        End end = new End();
        return new Pipeline(pipelines.open(branch.steps(), end), end);
    }

    /** One thread's loops for a branch; made once, used for every partition. */
    private record Pipeline(ChunkSink head, End end) {}

    /** Passes on to the sink of the reading at hand, whose finishing is its owner's business. */
    private static final class End implements ChunkSink {
        private ChunkSink target;

        @Override
        public void accept(Chunk chunk) throws Exception {
            target.accept(chunk);
        }

        @Override
        public boolean wantsMore() {
            return target.wantsMore();
        }
    }
}
