package io.millrace.engine.task;

import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.column.Chunk;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What one thread reuses from task to task: readers, chunks, and whatever else is made once per thread and thing. Owner:
 * that thread.
 */
public final class WorkerScratch {
    private final int index;
    private final BlockReader blockReader = new BlockReader();
    private final Chunk chunk = new Chunk();
    private final Map<Object, Object> made = new IdentityHashMap<>();

    /** @param index of the thread, dense from 0 */
    public WorkerScratch(int index) {
        this.index = index;
    }

    /** Which thread's scratch this is: the place of its partial results. */
    public int index() {
        return index;
    }

    BlockReader blockReader() {
        return blockReader;
    }

    Chunk chunk() {
        return chunk;
    }

    /** What this thread has made for {@code key}, by identity; made now if there is none yet. */
    @SuppressWarnings("unchecked") // one kind of value per key
    public <T> T madeFor(Object key, Supplier<T> maker) {
        Object found = made.get(key);
        if (found == null) {
            found = maker.get();
            made.put(key, found);
        }
        return (T) found;
    }
}
