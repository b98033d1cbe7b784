package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.codec.Swar;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code flatMap(Text.words())} over the bytes: runs of ASCII white space part the words, and no word is empty. */
final class TextWordsStep extends TextPartsStep {
    /** A step in front of {@code next}. */
    TextWordsStep(ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
    }

    @Override
    void cut(UnsafeBuffer buffer, int start, int end) throws Exception {
        int wordStart = start;
        for (int at = start; at < end; at += Long.BYTES) {
            long hits = Swar.whiteSpace(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
            for (; hits != 0; hits = Swar.rest(hits)) {
                int hit = Math.min(end, at + Swar.first(hits));
                if (hit > wordStart) {
                    emit(wordStart, hit);
                }
                wordStart = hit + 1;
            }
        }
        if (wordStart < end) {
            emit(wordStart, end);
        }
    }
}
