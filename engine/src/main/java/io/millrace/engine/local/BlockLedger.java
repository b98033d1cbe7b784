package io.millrace.engine.local;

import io.millrace.engine.schedule.BlockRange;

/** Knows up to which block of a source batches were planned. Owner: one thread. */
final class BlockLedger extends UnstartedInput {
    private BlockRange last = new BlockRange(1, 0);

    BlockLedger(String name) {
        super(name);
    }

    @Override
    public void skip(byte[] description) {
        BlockRange range = BlockRange.of(description);
        if (range.last() > last.last()) {
            last = range;
        }
    }

    @Override
    public byte[] save() {
        return last.toBytes();
    }

    @Override
    public void restore(byte[] saved) {
        skip(saved);
    }
}
