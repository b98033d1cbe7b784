package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.util.function.Supplier;

/**
 * A recognised function over a whole chunk of the lane it is made for. Chunks of another lane go to the generic chain, which
 * is made of the same functions, called row by row, from this step to the end of the stage.
 */
abstract class LaneStep implements ChunkSink {
    final ChunkSink next;
    private final Supplier<ChunkSink> genericChain;
    private ChunkSink generic;
    private ChunkSink lastWay;

    LaneStep(ChunkSink next, Supplier<ChunkSink> genericChain) {
        this.next = next;
        this.genericChain = genericChain;
    }

    /** Whether the lane loop can take this chunk. */
    abstract boolean fits(Chunk chunk);

    /** The lane loop; it holds nothing back. */
    abstract void acceptLane(Chunk chunk) throws Exception;

    @Override
    public final void accept(Chunk chunk) throws Exception {
        if (fits(chunk)) {
            goBy(next);
            acceptLane(chunk);
        } else {
            if (generic == null) {
                generic = genericChain.get();
            }
            goBy(generic);
            generic.accept(chunk);
        }
    }

    /** Rows keep their order: what the other way holds back goes on before this chunk. */
    private void goBy(ChunkSink way) throws Exception {
        if (lastWay != way && lastWay != null) {
            lastWay.finish();
        }
        lastWay = way;
    }

    @Override
    public final void finish() throws Exception {
        lastWay = null;
        if (generic != null) {
            generic.finish();
        }
        next.finish();
    }

    @Override
    public void reset() {
        lastWay = null;
        if (generic != null) {
            generic.reset();
        }
        next.reset();
    }

    @Override
    public final boolean wantsMore() {
        return next.wantsMore();
    }

    static boolean isText(Chunk chunk) {
        return !chunk.isPair() && chunk.first() instanceof BytesColumn bytes && bytes.type() == ElementType.UTF8;
    }
}
