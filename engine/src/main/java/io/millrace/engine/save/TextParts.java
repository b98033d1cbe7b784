package io.millrace.engine.save;

import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.plan.OperatorId;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * Text in UTF-8: {@link String#valueOf(Object)} of each record and a line feed, whatever the record's text holds. Text that came
 * as bytes, and whole numbers, are written without becoming objects. A lone surrogate, which UTF-8 cannot hold, is written as a
 * question mark.
 */
public final class TextParts implements PartFormat {
    private final OperatorFunction texts;

    /** @param saving whose output it is, for messages */
    public TextParts(OperatorId saving) {
        this.texts = new OperatorFunction(saving, this);
    }

    @Override
    public PartWriter begin(Path file, int partition, WritableByteChannel out, WorkerScratch scratch) {
        TextBuffer buffer = scratch.madeFor(TextBuffer.class, TextBuffer::new);
        buffer.reset(out);
        return new TextPart(buffer, partition);
    }

    private final class TextPart implements PartWriter {
        private final TextBuffer out;
        private final int partition;
        private long written;

        TextPart(TextBuffer out, int partition) {
            this.out = out;
            this.partition = partition;
        }

        @Override
        public void accept(Chunk chunk) throws IOException {
            int rows = chunk.rows();
            for (int row = 0; row < rows; row++) {
                if (chunk.isPair()) {
                    out.put('(');
                    put(chunk.first(), row);
                    out.put(',');
                    put(chunk.second(), row);
                    out.put(')');
                } else {
                    requireRecord(chunk.first(), row);
                    put(chunk.first(), row);
                }
                out.put('\n');
            }
            written += rows;
        }

        @Override
        public void finish() throws IOException {
            out.flush();
        }

        private void requireRecord(Column column, int row) {
            if (column.type() == ElementType.REF && column.get(row) == null) {
                throw new IllegalArgumentException(
                        "'" + texts.operator() + "' cannot save record " + (written + row) + " of partition "
                                + partition + " as text: it is null; filter nulls out, or map them to a text");
            }
        }

        private void put(Column column, int row) throws IOException {
            switch (column.type()) {
                case INT, LONG -> out.put(((LongColumn) column).values()[row]);
                case UTF8 -> {
                    BytesColumn bytes = (BytesColumn) column;
                    int start = bytes.starts()[row];
                    out.put(bytes.buffer(), start, bytes.ends()[row] - start);
                }
                default -> out.put(textOf(column.get(row)));
            }
        }

        private String textOf(Object value) {
            try {
                return String.valueOf(value);
            } catch (Throwable thrown) {
                throw texts.failed(value, thrown);
            }
        }
    }
}
