package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ValueCodec;
import java.util.Arrays;

/** The codec that a store's owner and its readers share. Thread: any, one at a time. */
final class ObjectBytes {
    private final ValueCodec codec;
    private final ByteBuilder scratch = new ByteBuilder(128);

    ObjectBytes(ValueCodec codec) {
        this.codec = codec;
    }

    synchronized void write(Object value, ByteBuilder out) {
        codec.write(value, out);
    }

    synchronized byte[] bytesOf(Object value) {
        scratch.truncate(0);
        codec.write(value, scratch);
        return Arrays.copyOf(scratch.array(), scratch.length());
    }

    synchronized Object read(byte[] bytes) {
        return codec.read(bytes, 0, bytes.length);
    }
}
