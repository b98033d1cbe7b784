package io.millrace.engine.pipeline;

import io.millrace.engine.physical.NarrowSteps;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.UnionRows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.plan.PlanNode;

/** A dataset seen through narrow steps; computed again at each reading. */
public final class PipelinedRows implements Rows {
    private final Rows input;
    private final NarrowSteps steps;
    private final Pipelines pipelines;

    /** The input's rows, each through the steps. */
    public PipelinedRows(Rows input, NarrowSteps steps, Pipelines pipelines) {
        this.input = input;
        this.steps = steps;
        this.pipelines = pipelines;
    }

    /** A dataset and one more step behind it, in one loop with those before; of a union, behind each of its parts. */
    public static Rows then(Rows rows, PlanNode step, Pipelines pipelines) {
        if (rows instanceof UnionRows union) {
            return new UnionRows(union.parts().stream()
                    .map(part -> then(part, step, pipelines))
                    .toList());
        } else if (rows instanceof PipelinedRows pipelined) {
            return new PipelinedRows(pipelined.input, pipelined.steps.then(step), pipelines);
        }
        return new PipelinedRows(rows, NarrowSteps.of(step), pipelines);
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
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        Loops loops = scratch.madeFor(steps, this::openLoops);
        return new Reading(input.open(partition, scratch), loops);
    }

    private Loops openLoops() {
        End end = new End();
        return new Loops(pipelines.open(steps.nodes(), end), end);
    }

    /** One thread's loops for the steps; made once, used for every partition. */
    private record Loops(ChunkSink head, End end) {}

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

    private static final class Reading implements ChunkSource {
        private final ChunkSource source;
        private final Loops loops;
        private boolean finished;

        Reading(ChunkSource source, Loops loops) {
            this.source = source;
            this.loops = loops;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            loops.end.target = sink;
            if (source.next(loops.head)) {
                return true;
            }
            loops.head.finish();
            finished = true;
            return false;
        }

        @Override
        public void close() {
            if (!finished) {
                loops.head.reset();
            }
            loops.end.target = null;
            source.close();
        }
    }
}
