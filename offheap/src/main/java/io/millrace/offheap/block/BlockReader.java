package io.millrace.offheap.block;

import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.util.List;

/**
 * Shows a block's rows a chunk at a time. One reader serves one block after the other and keeps its columns, so reading
 * allocates nothing.
 *
 * <p>Thread: one owner. Several readers may read one block.
 */
public final class BlockReader {

    // Made when first needed: a stream has mostly one type.
    private LongColumn longs;
    private DoubleColumn doubles;
    private BytesColumn bytes;
    private RefColumn refs;
    private int refRows;
    private ObjectEncoding encoding;
    private ValueCodec codec;
    private byte[] encoded = new byte[256];

    private Block block;
    private List<SlabSlice> slices = List.of();
    private int sliceIndex;
    private int rowInSlice;

    /** A reader of nothing, until it is {@link #reset}. */
    public BlockReader() {}

    /**
     * Start at the first row of a block.
     *
     * @param toRead the block, held by the caller until the reader is at its end or reset again
     * @throws IllegalStateException when the block is released
     */
    public void reset(Block toRead) {
        toRead.requireHeld();
        forgetRefs();
        block = toRead;
        slices = toRead.slices();
        sliceIndex = 0;
        rowInSlice = 0;
    }

    /**
     * Show the next rows: up to {@link Chunk#MAX_ROWS}, all of one slice and so of one type.
     *
     * @param chunk is set to columns of this reader, valid until the next call
     * @return false at the end, with no rows in the chunk and the block forgotten
     * @throws IllegalStateException when the block was released
     */
    public boolean next(Chunk chunk) {
        if (block != null) {
            block.requireHeld();
        }
        while (sliceIndex < slices.size()) {
            SlabSlice slice = slices.get(sliceIndex);
            int rows = Math.min(Chunk.MAX_ROWS, slice.rowCount() - rowInSlice);
            if (rows > 0) {
                show(slice.slab(), slice.fromRow() + rowInSlice, rows, chunk);
                rowInSlice += rows;
                return true;
            }
            sliceIndex++;
            rowInSlice = 0;
        }
        chunk.set(chunk.first(), 0);
        forgetRefs();
        block = null;
        slices = List.of();
        return false;
    }

    private void show(Slab slab, int fromRow, int rows, Chunk chunk) {
        switch (slab.type().lane()) {
            case BYTES -> {
                bytes = bytes == null ? new BytesColumn() : bytes;
                slab.read(fromRow, rows, bytes);
                if (slab.encoding() == null) {
                    chunk.set(bytes, rows);
                } else {
                    decode(slab.encoding(), rows);
                    chunk.set(refs, rows);
                }
            }
            case LONG -> {
                longs = longs == null ? new LongColumn() : longs;
                slab.read(fromRow, rows, longs);
                chunk.set(longs, rows);
            }
            case DOUBLE -> {
                doubles = doubles == null ? new DoubleColumn() : doubles;
                slab.read(fromRow, rows, doubles);
                chunk.set(doubles, rows);
            }
            case REF -> {
                refs = refs == null ? new RefColumn() : refs;
                slab.read(fromRow, rows, refs);
                refRows = Math.max(refRows, rows);
                chunk.set(refs, rows);
            }
        }
    }

    /** Make objects of the rows that {@link #bytes} shows. */
    private void decode(ObjectEncoding by, int rows) {
        if (encoding != by) {
            encoding = by;
            codec = by.newCodec();
        }
        refs = refs == null ? new RefColumn() : refs;
        refRows = Math.max(refRows, rows);
        for (int row = 0; row < rows; row++) {
            int start = bytes.starts()[row];
            int length = bytes.ends()[row] - start;
            if (length > encoded.length) {
                encoded = new byte[Math.max(length, 2 * encoded.length)];
            }
            bytes.buffer().getBytes(start, encoded, 0, length);
            refs.values()[row] = codec.read(encoded, 0, length);
        }
    }

    /** The column must not keep objects alive whose block is done. */
    private void forgetRefs() {
        if (refRows > 0) {
            refs.clear(refRows);
            refRows = 0;
        }
    }
}
