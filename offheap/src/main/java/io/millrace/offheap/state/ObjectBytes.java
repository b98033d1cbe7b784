package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ValueCodec;

/** The codec that a store's owner and its readers share. Thread: any, one at a time. */
final class ObjectBytes {
    private final ValueCodec codec;

    ObjectBytes(ValueCodec codec) {
        this.codec = codec;
    }

    synchronized void write(Object value, ByteBuilder out) {
        codec.write(value, out);
    }

    synchronized Object read(byte[] bytes) {
        return codec.read(bytes, 0, bytes.length);
    }
}
