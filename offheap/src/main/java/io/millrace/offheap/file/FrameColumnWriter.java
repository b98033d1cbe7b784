package io.millrace.offheap.file;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.RecordCodec;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.Lane;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;

/** One column of the frame that is being gathered. */
final class FrameColumnWriter {
    private final RecordCodec<Object> codec;
    private final ByteBuilder rowEnds = new ByteBuilder(1024);
    private final ByteBuilder data = new ByteBuilder(1024);
    private ElementType type;

    FrameColumnWriter(RecordCodec<Object> codec) {
        this.codec = codec;
    }

    void start(ElementType newType) {
        type = newType;
        rowEnds.truncate(0);
        data.truncate(0);
    }

    ElementType type() {
        return type;
    }

    /** How long the column would be if the frame ended now. */
    int bytes() {
        return rowEnds.length() + data.length();
    }

    /** Append one row; if this throws, the row is not there. */
    void append(Column column, int row) {
        switch (type.lane()) {
            case LONG -> data.putLong(((LongColumn) column).values()[row]);
            case DOUBLE -> data.putLong(Double.doubleToRawLongBits(((DoubleColumn) column).values()[row]));
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                int start = bytes.starts()[row];
                data.putBytes(bytes.buffer(), start, bytes.ends()[row] - start);
            }
            case REF -> codec.write(((RefColumn) column).values()[row], data);
        }
        if (hasRowEnds(type)) {
            rowEnds.putInt(data.length());
        }
    }

    void appendTo(ByteBuilder frame) {
        frame.putBytes(rowEnds.array(), 0, rowEnds.length());
        frame.putBytes(data.array(), 0, data.length());
    }

    static boolean hasRowEnds(ElementType type) {
        return type.lane() == Lane.BYTES || type.lane() == Lane.REF;
    }
}
