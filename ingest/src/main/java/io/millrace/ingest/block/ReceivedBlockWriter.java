package io.millrace.ingest.block;

import io.millrace.api.MillraceException;
import io.millrace.ingest.ring.ObjectEncoder;
import io.millrace.ingest.ring.ObjectHolding;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockDescriptor;
import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.block.SlabSlice;
import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes received blocks for a log: one section for each slice. Owner: one thread. */
final class ReceivedBlockWriter {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final int KEPT_BYTES = 1 << 20;

    private final ObjectEncoding encoding;
    private final ObjectEncoder objects;

    /** The names of all classes that have a number: those of the rows' bytes are among them. */
    private ByteBuilder classes = new ByteBuilder(0);

    private int classCount;

    // Of the block that was measured last; null when there is none.
    private Block measured;
    private int measuredBytes;
    private boolean hasObjects;
    /** For each section of rows of bytes, in how many bytes its lengths are kept. */
    private final IntArrayList widths = new IntArrayList();
    /** The rows that are objects, of all sections, one behind the other. */
    private ByteBuilder refs = new ByteBuilder(0);

    private final UnsafeBuffer refsView = new UnsafeBuffer(new byte[0]);
    private final IntArrayList refEnds = new IntArrayList();

    private MutableDirectBuffer out;
    private int at;

    ReceivedBlockWriter(ObjectEncoding encoding) {
        this.encoding = encoding;
        this.objects = new ObjectEncoder(ObjectHolding.AS_BYTES, encoding, warning -> {});
    }

    int encodedLength(Block block) {
        if (measured != block) {
            measure(block);
        }
        return measuredBytes;
    }

    // ---- measuring ----

    private void measure(Block block) {
        forget();
        long bytes = ReceivedBlockDescriptor.HEADER_BYTES;
        for (SlabSlice slice : block.slices()) {
            bytes += slice.rowCount() == 0 ? 0 : sectionBytes(block, slice);
        }
        if (hasObjects) {
            bytes += Integer.BYTES + classTable().length();
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new MillraceException(
                    "block " + block + " would be " + bytes + " bytes in a write-ahead log, at most "
                            + Integer.MAX_VALUE + " are possible; make millrace.streaming.blockInterval shorter");
        }
        measured = block;
        measuredBytes = (int) bytes;
    }

    private void forget() {
        measured = null;
        hasObjects = false;
        widths.clear();
        refEnds.clear();
        refs = refs.array().length > KEPT_BYTES ? new ByteBuilder(0) : refs;
        refs.truncate(0);
    }

    private long sectionBytes(Block block, SlabSlice slice) {
        Slab slab = slice.slab();
        long header = ReceivedBlockDescriptor.SECTION_HEADER_BYTES;
        hasObjects |= slab.encoding() != null || slab.type() == ElementType.REF;
        if (slab.type() == ElementType.REF) {
            return header + refBytes(block, slice);
        }
        if (slab.type().lane() != Lane.BYTES) {
            return header + (long) slice.rowCount() * ReceivedBlockDescriptor.VALUE_BYTES;
        }
        long bytes = 0;
        int longest = 0;
        for (int row = slice.fromRow(); row < slice.toRow(); row++) {
            int length = slab.rowEnd(row) - slab.rowStart(row);
            bytes += length;
            longest = Math.max(longest, length);
        }
        return header + bytes + lengthBytes(slice.rowCount(), longest);
    }

    private long lengthBytes(int rows, int longest) {
        int width = ReceivedBlockDescriptor.widthOf(longest);
        widths.addInt(width);
        return (long) rows * width;
    }

    private long refBytes(Block block, SlabSlice slice) {
        int before = refs.length();
        int longest = 0;
        Chunk chunk = new Chunk();
        // A view on one slice: it has no reference of its own, and is not released.
        BlockReader rows = new Block(block.id(), List.of(slice), block.oldestNanos()).reader();
        while (rows.next(chunk)) {
            for (int row = 0; row < chunk.rows(); row++) {
                ByteBuilder bytes = encoded(block, chunk.first().get(row));
                refs.putBytes(bytes.array(), 0, bytes.length());
                refEnds.addInt(refs.length());
                longest = Math.max(longest, bytes.length());
            }
        }
        return refs.length() - before + lengthBytes(slice.rowCount(), longest);
    }

    private ByteBuilder encoded(Block block, Object record) {
        try {
            return objects.encoded(record);
        } catch (IllegalArgumentException unwritable) {
            throw new MillraceException(
                    "block " + block + " cannot be kept in the write-ahead log: " + unwritable.getMessage()
                            + ObjectHolding.wayOut(true),
                    unwritable);
        }
    }

    /** The rows were written before: their numbers are below the count. */
    private ByteBuilder classTable() {
        int count = encoding.size();
        if (count != classCount || classes.length() == 0) {
            ByteBuilder table = new ByteBuilder(256);
            table.putInt(count);
            for (int number = 0; number < count; number++) {
                putText(table, encoding.nameOf(number));
                putText(table, encoding.schemaOf(number));
            }
            classes = table;
            classCount = count;
        }
        return classes;
    }

    private static void putText(ByteBuilder table, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        table.putInt(bytes.length);
        table.putBytes(bytes, 0, bytes.length);
    }

    // ---- writing ----

    int encode(Block block, MutableDirectBuffer into, int offset) {
        int length = encodedLength(block);
        into.checkLimit(offset + length);
        out = into;
        at = offset;
        putHeader(block);
        if (hasObjects) {
            out.putInt(at, classes.length(), LITTLE);
            out.putBytes(at + Integer.BYTES, classes.array(), 0, classes.length());
            at += Integer.BYTES + classes.length();
        }
        putSections(block);
        out = null;
        forget();
        return length;
    }

    private void putHeader(Block block) {
        int sections = 0;
        for (SlabSlice slice : block.slices()) {
            sections += slice.rowCount() > 0 ? 1 : 0;
        }
        out.putByte(at + ReceivedBlockDescriptor.VERSION_OFFSET, (byte) ReceivedBlockDescriptor.VERSION);
        out.putByte(at + ReceivedBlockDescriptor.FLAGS_OFFSET, (byte)
                (hasObjects ? ReceivedBlockDescriptor.HAS_CLASSES : 0));
        out.putShort(at + ReceivedBlockDescriptor.ZERO_OFFSET, (short) 0, LITTLE);
        out.putInt(at + ReceivedBlockDescriptor.STREAM_OFFSET, block.id().streamId(), LITTLE);
        out.putLong(at + ReceivedBlockDescriptor.SEQUENCE_OFFSET, block.id().sequence(), LITTLE);
        out.putInt(at + ReceivedBlockDescriptor.ROWS_OFFSET, block.rowCount(), LITTLE);
        out.putInt(at + ReceivedBlockDescriptor.SECTIONS_OFFSET, sections, LITTLE);
        at += ReceivedBlockDescriptor.HEADER_BYTES;
    }

    private void putSections(Block block) {
        refsView.wrap(refs.array());
        int nextWidth = 0;
        int nextRef = 0;
        for (SlabSlice slice : block.slices()) {
            Slab slab = slice.slab();
            if (slice.rowCount() == 0) {
                continue;
            }
            if (slab.type() == ElementType.REF) {
                putSectionHeader(ReceivedBlockDescriptor.OBJECTS, widths.getInt(nextWidth), slice.rowCount());
                putRefs(nextRef, slice.rowCount(), widths.getInt(nextWidth++));
                nextRef += slice.rowCount();
            } else if (slab.type().lane() == Lane.BYTES) {
                int code =
                        slab.encoding() != null ? ReceivedBlockDescriptor.OBJECTS : BlockDescriptor.codeOf(slab.type());
                putSectionHeader(code, widths.getInt(nextWidth), slice.rowCount());
                putRowsOfBytes(slice, widths.getInt(nextWidth++));
            } else {
                putSectionHeader(BlockDescriptor.codeOf(slab.type()), 0, slice.rowCount());
                putValues(slice);
            }
        }
    }

    private void putSectionHeader(int code, int width, int rows) {
        out.putByte(at + ReceivedBlockDescriptor.SECTION_TYPE_OFFSET, (byte) code);
        out.putByte(at + ReceivedBlockDescriptor.SECTION_WIDTH_OFFSET, (byte) width);
        out.putShort(at + ReceivedBlockDescriptor.SECTION_ZERO_OFFSET, (short) 0, LITTLE);
        out.putInt(at + ReceivedBlockDescriptor.SECTION_ROWS_OFFSET, rows, LITTLE);
        at += ReceivedBlockDescriptor.SECTION_HEADER_BYTES;
    }

    private void putValues(SlabSlice slice) {
        int bytes = slice.rowCount() * ReceivedBlockDescriptor.VALUE_BYTES;
        out.putBytes(at, slice.slab().buffer(), slice.fromRow() * ReceivedBlockDescriptor.VALUE_BYTES, bytes);
        at += bytes;
    }

    private void putRowsOfBytes(SlabSlice slice, int width) {
        Slab slab = slice.slab();
        int data = at + slice.rowCount() * width;
        for (int row = slice.fromRow(); row < slice.toRow(); row++) {
            int start = slab.rowStart(row);
            int length = slab.rowEnd(row) - start;
            putLength(length, width);
            out.putBytes(data, slab.buffer(), start, length);
            data += length;
        }
        at = data;
    }

    private void putRefs(int firstRef, int rows, int width) {
        int first = firstRef == 0 ? 0 : refEnds.getInt(firstRef - 1);
        int start = first;
        for (int ref = firstRef; ref < firstRef + rows; ref++) {
            putLength(refEnds.getInt(ref) - start, width);
            start = refEnds.getInt(ref);
        }
        out.putBytes(at, refsView, first, start - first);
        at += start - first;
    }

    private void putLength(int length, int width) {
        switch (width) {
            case Byte.BYTES -> out.putByte(at, (byte) length);
            case Short.BYTES -> out.putShort(at, (short) length, LITTLE);
            default -> out.putInt(at, length, LITTLE);
        }
        at += width;
    }
}
