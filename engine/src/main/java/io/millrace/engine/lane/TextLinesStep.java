package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.codec.Swar;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code flatMap(Text.lines())} over the bytes, exactly as {@link String#lines()}. */
final class TextLinesStep extends TextPartsStep {
    private static final long LINE_FEED = Swar.repeat((byte) '\n');
    private static final long CARRIAGE_RETURN = Swar.repeat((byte) '\r');

    /** A step in front of {@code next}. */
    TextLinesStep(ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
    }

    @Override
    void cut(UnsafeBuffer buffer, int start, int end) throws Exception {
        int lineStart = start;
        for (int at = start; at < end; at += Long.BYTES) {
            long word = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            long hits = Swar.equal(word, LINE_FEED) | Swar.equal(word, CARRIAGE_RETURN);
            for (; hits != 0; hits = Swar.rest(hits)) {
                int hit = at + Swar.first(hits);
                if (hit >= end) {
                    break; // behind the text
                }
                boolean endsPair = hit == lineStart
                        && hit > start
                        && buffer.getByte(hit) == '\n'
                        && buffer.getByte(hit - 1) == '\r';
                if (!endsPair) {
                    emit(lineStart, hit);
                }
                lineStart = hit + 1;
            }
        }
        if (lineStart < end) {
            emit(lineStart, end);
        }
    }
}
