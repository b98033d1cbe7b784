package io.millrace.engine.schedule;

import io.millrace.api.MillraceException;
import io.millrace.engine.task.BlockRows;
import io.millrace.ingest.ring.Positions;
import io.millrace.ingest.source.PushedSource;
import io.millrace.offheap.block.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A source whose records come through a ring: blocks cut at each block interval wait here for their batch. A block is cut
 * before its time once it holds {@value #FULL_BLOCK_ROWS} rows, so that one fast receiver gives work to several workers: a
 * block is a partition.
 *
 * <pre>
 *   ring ──cut──▶ unlogged ──append──▶ waiting ──take──▶ a batch
 *                    (one)              ▲
 *          what the last run has left ──┘ first, as far as memory allows
 * </pre>
 *
 * <p>While a block cannot be logged, or what is left does not fit the memory, nothing is taken from the ring: the receiver waits.
 */
public final class ReceivedInput implements BatchInput {
    private static final System.Logger LOG = System.getLogger(ReceivedInput.class.getName());
    private static final int FULL_BLOCK_ROWS = 16_384;

    private final PushedSource source;
    private BlockLog log;
    private long planned; // the number of the last block that was taken
    private long plannedPosition = Positions.NONE; // of the last record that was taken
    private long waitingPosition = Positions.NONE; // of the last record that waits or was taken
    private int rowsSinceCut;
    private List<Block> waiting = new ArrayList<>();
    /** Cut, and not in the log yet. */
    private Block unlogged;
    /** The numbers of the blocks that an earlier run has left and that are not in memory yet. */
    private long nextLeft = 1;

    private long lastLeft;
    private boolean isShortOfMemory;
    /** The log has failed: what it does not have is in no batch of this run. */
    private boolean isBroken;

    private RuntimeException untold;
    /** Shares in no log, which are safe when their batches are committed. */
    private final Queue<Uncommitted> uncommitted = new ConcurrentLinkedQueue<>();

    private record Uncommitted(long batchTimeMs, long position) {}

    /** The source is closed with this input. */
    public ReceivedInput(PushedSource source) {
        this.source = source;
    }

    /** Keep each block in a log before a batch has it; before {@link #start}. */
    public void logTo(BlockLog blocks) {
        log = blocks;
    }

    // ---- going on ----

    /** {@inheritDoc} Of a share that no log has, nothing: its records are to be sent again. */
    @Override
    public Taken replay(byte[] description) {
        BlockRange range = BlockRange.of(description);
        if (range.isEmpty()) {
            return replayNothing(range);
        }
        requireLog(range);
        List<Block> blocks = new ArrayList<>();
        boolean areWhole = false;
        try {
            for (long number = range.first(); number <= range.last(); number++) {
                blocks.add(replay(number));
            }
            areWhole = true;
        } finally {
            if (!areWhole) {
                blocks.forEach(Block::release);
            }
        }
        skip(description);
        return taken(blocks, description);
    }

    private Block replay(long number) {
        Block block = log.read(number);
        if (block == null) {
            throw new MillraceException(
                    "block " + number + " of " + name() + ", of a batch that is to be run again, does not"
                            + " fit the off-heap memory; raise millrace.memory.maxBytes");
        }
        return block;
    }

    private void requireLog(BlockRange range) {
        if (log == null) {
            throw new MillraceException("blocks " + range.first() + " to " + range.last() + " of " + name()
                    + " are in the write-ahead log and in a batch that was not committed, and the program runs without that log;"
                    + " start once with millrace.streaming.receiver.writeAheadLog.enable=true, and stop gracefully before it"
                    + " is switched off");
        }
    }

    private Taken replayNothing(BlockRange range) {
        long behind = Math.min(plannedPosition, range.behind()); // of the first such share, if there are several
        if (range.behind() < range.upTo()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: what a batch that was not committed had received was in memory alone; its sender is asked to go on behind"
                            + " position {1} instead of {2}",
                    name(),
                    Long.toString(behind),
                    Long.toString(range.upTo()));
        }
        BlockRange nothing = new BlockRange(range.first(), range.last(), behind, behind);
        byte[] description = nothing.toBytes();
        skip(description);
        return new Taken(new BlockRows(List.of()), InputSummary.NOTHING, () -> {}, description);
    }

    @Override
    public void skip(byte[] description) {
        BlockRange range = BlockRange.of(description);
        planned = Math.max(planned, range.last());
        plannedPosition = range.upTo();
    }

    @Override
    public byte[] save() {
        return new BlockRange(planned + 1, planned, plannedPosition, plannedPosition).toBytes();
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
        nextLeft = planned + 1;
        lastLeft = log == null ? 0 : log.last();
        waitingPosition = plannedPosition;
        long known = nextLeft <= lastLeft ? Math.max(plannedPosition, log.positionOf(lastLeft)) : plannedPosition;
        if (known != Positions.NONE) {
            source.resumeBehind(known);
            source.acknowledge(known);
        }
        readLeft();
        source.start();
    }

    /** Bring in what is left; false if there is no memory for all of it now. */
    private boolean readLeft() {
        while (nextLeft <= lastLeft) {
            long position = log.positionOf(nextLeft);
            Block block = log.read(nextLeft);
            if (block == null) {
                tellShortOfMemory();
                return false;
            }
            waiting.add(block);
            waitingPosition = Math.max(waitingPosition, position);
            nextLeft++;
        }
        return true;
    }

    private void tellShortOfMemory() {
        if (!isShortOfMemory) {
            isShortOfMemory = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: {1} of the blocks that the last run has left do not fit the off-heap memory now; they come into later"
                            + " batches, and nothing is received until then; raise millrace.memory.maxBytes to have them at once",
                    name(),
                    Long.toString(lastLeft - nextLeft + 1));
        }
    }

    // ---- running ----

    /**
     * {@inheritDoc}
     *
     * @throws MillraceException once, if the log takes nothing more
     */
    @Override
    public int doWork() {
        int work = source.doWork();
        if (untold != null) {
            RuntimeException failure = untold;
            untold = null;
            throw failure;
        }
        if (!isOpen()) {
            return work;
        }
        int drained = source.drain();
        rowsSinceCut += drained;
        if (rowsSinceCut >= FULL_BLOCK_ROWS || log != null && source.isCutAwaited()) {
            cut();
        }
        return work + drained;
    }

    /** Whether more may be taken from the ring. */
    private boolean isOpen() {
        return !isBroken && readLeft() && logUncut();
    }

    @Override
    public void cut() {
        if (!isOpen()) {
            return;
        }
        rowsSinceCut = 0;
        unlogged = source.cut();
        logUncut();
    }

    /** Bring the block that was cut to those that wait, by way of the log if there is one; false if that has no space now. */
    private boolean logUncut() {
        Block block = unlogged;
        long position = source.cutPosition();
        if (block != null) {
            if (log != null && !append(block, position)) {
                return false;
            }
            unlogged = null;
            waiting.add(block);
        }
        if (position > waitingPosition) {
            waitingPosition = position;
            if (log != null) {
                source.acknowledge(position);
            }
        }
        return true;
    }

    private boolean append(Block block, long position) {
        try {
            if (!log.append(block, position)) {
                return false;
            }
        } catch (RuntimeException failed) {
            isBroken = true;
            untold = failed;
            source.requestStop();
            return false;
        }
        source.durable(block);
        return true;
    }

    @Override
    public Taken take(long batchTimeMs) {
        cut();
        if (log == null && waiting.isEmpty() && waitingPosition == Positions.NONE) {
            return Taken.NOTHING;
        }
        List<Block> blocks = waiting;
        waiting = new ArrayList<>();
        return taken(blocks, describe(blocks.size(), batchTimeMs));
    }

    /** How the share can be given again, or that it cannot but has positions; null if there is nothing to say. */
    private byte[] describe(int blocks, long batchTimeMs) {
        if (log == null && waitingPosition == Positions.NONE) {
            return null;
        }
        int logged = log == null ? 0 : blocks;
        BlockRange range = new BlockRange(planned + 1, planned + logged, plannedPosition, waitingPosition);
        planned += logged;
        if (log == null && waitingPosition > plannedPosition) {
            uncommitted.add(new Uncommitted(batchTimeMs, waitingPosition));
        }
        plannedPosition = waitingPosition;
        return range.toBytes();
    }

    /** {@inheritDoc} What no log has is safe now. */
    @Override
    public void committed(long batchTimeMs) {
        for (Uncommitted next = uncommitted.peek();
                next != null && next.batchTimeMs() <= batchTimeMs;
                next = uncommitted.peek()) {
            source.acknowledge(next.position());
            uncommitted.remove();
        }
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

    /** {@inheritDoc} With what waits for the log, and with what is behind it in the ring. */
    @Override
    public long waitingRecords() {
        long unloggedRecords = unlogged == null ? 0 : unlogged.rowCount() + source.uncutRecords();
        return recordsIn(waiting) + unloggedRecords;
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
        if (unlogged != null) {
            unlogged.release();
            unlogged = null;
        }
        source.close();
    }
}
