package io.millrace.engine.task;

import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.column.Chunk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;

/**
 * What one thread reuses from task to task: readers, chunks, and whatever else is made once per thread and thing. Owner:
 * that thread.
 */
public final class WorkerScratch {
    private final int index;
    private final BlockReader blockReader = new BlockReader();
    private final Chunk chunk = new Chunk();
    private final ChunkView view = new ChunkView();
    private final Deque<WorkerScratch> inner = new ArrayDeque<>();
    /** Weak: what a program makes anew in every batch goes when the program lets it go. */
    private final Map<Object, Object> made = new WeakHashMap<>();

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

    /** Columns for rows that this thread reads; of the one partition that is read with this scratch. */
    public ChunkView view() {
        return view;
    }

    /**
     * A scratch for a partition that is read while another one is being read with this one; given back by {@link
     * #giveBack}.
     */
    public WorkerScratch borrowInner() {
        WorkerScratch free = inner.poll();
        return free != null ? free : new WorkerScratch(index);
    }

    /** Give back what {@link #borrowInner} gave. */
    public void giveBack(WorkerScratch borrowed) {
        inner.push(borrowed);
    }

    /**
     * What this thread has made for {@code key}; made now if there is none yet. It is kept as long as somebody else holds
     * the key.
     *
     * @param key compared by identity: its class leaves {@code equals} as it is; what is made does not hold it
     */
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
