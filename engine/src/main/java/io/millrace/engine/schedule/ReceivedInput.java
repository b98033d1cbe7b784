package io.millrace.engine.schedule;

import io.millrace.engine.task.BlockRows;
import io.millrace.ingest.source.PushedSource;
import io.millrace.offheap.block.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * A source whose records come through a ring: blocks cut at each block interval wait here for their batch. A block is cut
 * before its time once it holds {@value #FULL_BLOCK_ROWS} rows, so that one fast receiver gives work to several workers: a
 * block is a partition.
 */
public final class ReceivedInput implements BatchInput {
    private static final int FULL_BLOCK_ROWS = 16_384;

    private final PushedSource source;
    private int rowsSinceCut;
    private List<Block> waiting = new ArrayList<>();

    /** The source is closed with this input. */
    public ReceivedInput(PushedSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void start() {
        source.start();
    }

    @Override
    public int doWork() {
        int work = source.doWork();
        int drained = source.drain();
        rowsSinceCut += drained;
        if (rowsSinceCut >= FULL_BLOCK_ROWS) {
            cut();
        }
        return work + drained;
    }

    @Override
    public void cut() {
        rowsSinceCut = 0;
        Block block = source.cut();
        if (block != null) {
            waiting.add(block);
        }
    }

    @Override
    public Taken take(long batchTimeMs) {
        cut();
        if (waiting.isEmpty()) {
            return Taken.NOTHING;
        }
        List<Block> blocks = waiting;
        waiting = new ArrayList<>();
        return new Taken(new BlockRows(blocks), summaryOf(blocks), () -> blocks.forEach(Block::release));
    }

    /** Blocks come in order, so the first one's first row is the oldest. */
    private static InputSummary summaryOf(List<Block> blocks) {
        return new InputSummary(recordsIn(blocks), blocks.get(0).oldestNanos(), List.of());
    }

    private static long recordsIn(List<Block> blocks) {
        long records = 0;
        for (Block block : blocks) {
            records += block.rowCount();
        }
        return records;
    }

    @Override
    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    @Override
    public long waitingRecords() {
        return recordsIn(waiting);
    }

    @Override
    public void requestStop() {
        source.requestStop();
    }

    @Override
    public void refuse() {
        source.refuse();
    }

    @Override
    public boolean isStopped() {
        return source.isStopped();
    }

    @Override
    public boolean isComplete() {
        return source.isComplete();
    }

    @Override
    public void close() {
        waiting.forEach(Block::release);
        waiting.clear();
        source.close();
    }
}
