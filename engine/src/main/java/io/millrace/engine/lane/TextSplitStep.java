package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.codec.Swar;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code flatMap(Text.split(c))} over the bytes, exactly as {@link String#split(String)} of that one character. Cost: one
 * pass, eight bytes at a time.
 */
public final class TextSplitStep extends TextPartsStep {
    private final long separator;

    /** @param separator an ASCII character */
    public TextSplitStep(char separator, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
        if (separator > 0x7f) {
            throw new IllegalArgumentException("separator U+" + Integer.toHexString(separator) + " is not ASCII");
        }
        this.separator = Swar.repeat((byte) separator);
    }

    @Override
    void cut(UnsafeBuffer buffer, int start, int end) throws Exception {
        int partStart = start;
        int empties = 0; // empty parts count only once a part that is not empty follows them
        for (int at = start; at < end; at += Long.BYTES) {
            long hits = Swar.equal(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN), separator);
            for (; hits != 0; hits = Swar.rest(hits)) {
                int hit = at + Swar.first(hits);
                if (hit >= end) {
                    break; // behind the text
                }
                if (hit == partStart) {
                    empties++;
                } else {
                    if (empties > 0) {
                        emitEmpties(empties, start);
                        empties = 0;
                    }
                    emit(partStart, hit);
                }
                partStart = hit + 1;
            }
        }
        if (partStart < end) {
            emitEmpties(empties, start);
            emit(partStart, end);
        } else if (start == end) {
            emit(start, end); // the empty text has one part, the empty text
        }
    }

    private void emitEmpties(int count, int at) throws Exception {
        for (int i = 0; i < count; i++) {
            emit(at, at);
        }
    }
}
