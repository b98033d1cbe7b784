package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.util.Arrays;
import java.util.function.Supplier;

/** {@code mapToPair} with a constant value: the column becomes the key, whatever its lane, beside a constant column. */
final class PairWithLaneStep extends LaneStep {
    private final Column values;
    private final Chunk out = new Chunk();

    /** @param value of every row; may be null */
    PairWithLaneStep(Object value, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
        this.values = constant(value);
    }

    private static Column constant(Object value) {
        ElementType type = ElementType.of(value);
        switch (type.lane()) {
            case LONG -> {
                LongColumn longs = new LongColumn();
                longs.setType(type);
                longs.fill(
                        value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue(), Chunk.MAX_ROWS);
                return longs;
            }
            case DOUBLE -> {
                DoubleColumn doubles = new DoubleColumn();
                doubles.setType(type);
                doubles.fill(((Number) value).doubleValue(), Chunk.MAX_ROWS);
                return doubles;
            }
            default -> {
                RefColumn refs = new RefColumn();
                Arrays.fill(refs.values(), value);
                return refs;
            }
        }
    }

    @Override
    boolean fits(Chunk chunk) {
        return !chunk.isPair();
    }

    @Override
    void acceptLane(Chunk chunk) throws Exception {
        out.set(chunk.first(), values, chunk.rows());
        next.accept(out);
    }
}
