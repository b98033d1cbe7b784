package io.millrace.engine.state;

import io.millrace.api.Time;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.row.ChunkStep;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.RowStore;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.type.RecordType;
import java.util.Optional;

/** {@code mapWithState} with a function of the program's: a call for each row, in order. */
final class CalledMapping implements MapOperator.RowMapping {
    private final KeyedStore store;
    private final MappingFunction function;
    private final StateCell state;
    private final ChunkStep gathered;
    private RowStore target;

    CalledMapping(String operator, KeyedStore store, MappingFunction function, LanePolicy policy) {
        this.store = store;
        this.function = function;
        this.state = new StateCell(store);
        this.gathered = new ChunkStep(operator, RecordType.UNKNOWN, policy, new Target());
    }

    @Override
    public void map(long timeMs, Chunk chunk, int[] handles, RowStore out) throws Exception {
        target = out;
        Time time = new Time(timeMs);
        for (int row = 0, rows = chunk.rows(); row < rows; row++) {
            state.show(handles[row], false);
            Object key = chunk.first().get(row);
            function.call(time, key, Optional.ofNullable(chunk.second().get(row)), state, gathered::row);
        }
        state.hide();
    }

    @Override
    public void timeOut(long timeMs, int[] handles, int count, RowStore out) throws Exception {
        target = out;
        Time time = new Time(timeMs);
        for (int i = 0; i < count; i++) {
            state.show(handles[i], true);
            function.call(time, store.keyOf(handles[i]), Optional.empty(), state, gathered::row);
        }
        state.hide();
    }

    @Override
    public void end(boolean isComplete) throws Exception {
        state.hide();
        if (isComplete && target != null) {
            gathered.flush();
        } else {
            gathered.reset();
        }
    }

    private final class Target implements ChunkSink {
        @Override
        public void accept(Chunk chunk) {
            target.accept(chunk);
        }
    }
}
