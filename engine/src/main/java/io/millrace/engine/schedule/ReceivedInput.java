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
    private BlockLog log;
    private long planned; // the number of the last block that was taken
    private int rowsSinceCut;
    private List<Block> waiting = new ArrayList<>();

    /** The source is closed with this input. */
    public ReceivedInput(PushedSource source) {
        this.source = source;
    }

    /** Keep each block in a log before a batch has it; before {@link #start}. */
    public void logTo(BlockLog blocks) {
        log = blocks;
    }

    @Override
    public Taken replay(byte[] description) {
        BlockRange range = BlockRange.of(description);
        List<Block> blocks = new ArrayList<>();
        for (long number = range.first(); number <= range.last(); number++) {
            blocks.add(log.read(number));
        }
        planned = Math.max(planned, range.last());
        return taken(blocks, description);
    }

    @Override
    public void skip(byte[] description) {
        planned = Math.max(planned, BlockRange.of(description).last());
    }

    @Override
    public byte[] save() {
        return new BlockRange(planned + 1, planned).toBytes();
    }

    @Override
    public void restore(byte[] saved) {
        skip(saved);
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void start() {
        for (long number = planned + 1; log != null && number <= log.last(); number++) {
            waiting.add(log.read(number));
        }
        source.start();
    }

    @Override
    public int doWork() {
        int work = source.doWork();
        int drained = source.drain();
        rowsSinceCut += drained;
        if (rowsSinceCut >= FULL_BLOCK_ROWS || log != null && source.isCutAwaited()) {
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
            if (log != null) {
                log.append(block);
                source.durable(block);
            }
        }
    }

    @Override
    public Taken take(long batchTimeMs) {
        cut();
        List<Block> blocks = waiting;
        byte[] description = null;
        if (log != null) {
            description = new BlockRange(planned + 1, planned + blocks.size()).toBytes();
            planned += blocks.size();
        } else if (blocks.isEmpty()) {
            return Taken.NOTHING;
        }
        waiting = new ArrayList<>();
        return taken(blocks, description);
    }

    private static Taken taken(List<Block> blocks, byte[] description) {
        InputSummary summary = blocks.isEmpty() ? InputSummary.NOTHING : summaryOf(blocks);
        return new Taken(new BlockRows(blocks), summary, () -> blocks.forEach(Block::release), description);
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
