package io.millrace.engine.local;

import io.millrace.engine.schedule.BlockRange;

/** Knows up to which block and position of a source batches were planned. Owner: one thread. */
final class BlockLedger extends UnstartedInput {
    private BlockRange planned = BlockRange.NOTHING;

    BlockLedger(String name) {
        super(name);
    }

    /** {@inheritDoc} Numbers only grow; a position goes back where what was received is to be sent again. */
    @Override
    public void skip(byte[] description) {
        BlockRange range = BlockRange.of(description);
        long last = Math.max(planned.last(), range.last());
        planned = new BlockRange(last + 1, last, range.upTo(), range.upTo());
    }

    @Override
    public byte[] save() {
        return planned.toBytes();
    }

    @Override
    public void restore(byte[] saved) {
        skip(saved);
    }
}
