package io.millrace.engine.task;

import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.column.Chunk;
import java.util.List;

/** What receivers stored for one batch: a partition per block. */
public final class BlockRows implements CountedRows {
    private final List<Block> blocks;
    private final long rows;

    /** The blocks stay the caller's, who releases them after the batch. */
    public BlockRows(List<Block> blocks) {
        this.blocks = List.copyOf(blocks);
        this.rows = blocks.stream().mapToLong(Block::rowCount).sum();
    }

    @Override
    public int partitionCount() {
        return blocks.size();
    }

    @Override
    public long inputRows() {
        return rows;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) {
        BlockReader reader = scratch.blockReader();
        Chunk chunk = scratch.chunk();
        reader.reset(blocks.get(partition));
        return sink -> {
            if (!reader.next(chunk)) {
                return false;
            }
            sink.accept(chunk);
            return true;
        };
    }
}
