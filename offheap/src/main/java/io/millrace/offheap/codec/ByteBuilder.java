package io.millrace.offheap.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Bytes on the heap that grow at their end. Numbers are little-endian. Owner: one thread. */
public final class ByteBuilder {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length;

    /**
     * No bytes.
     *
     * @param capacity for so many to begin with
     */
    public ByteBuilder(int capacity) {
        bytes = new byte[capacity];
    }

    /**
     * The bytes, and unused ones behind them.
     *
     * @return an array that stays the same until something is appended
     */
    public byte[] array() {
        return bytes;
    }

    /**
     * How many there are.
     *
     * @return 0 or more
     */
    public int length() {
        return length;
    }

    /**
     * Forget the last ones.
     *
     * @param newLength at most {@link #length}
     */
    public void truncate(int newLength) {
        length = newLength;
    }

    /**
     * Append a byte.
     *
     * @param value its low 8 bits
     */
    public void putByte(int value) {
        int at = grown(1);
        bytes[at] = (byte) value;
    }

    /**
     * Append 2 bytes.
     *
     * @param value its low 16 bits
     */
    public void putShort(int value) {
        int at = grown(Short.BYTES);
        SHORTS.set(bytes, at, (short) value);
    }

    /**
     * Append 4 bytes.
     *
     * @param value of them
     */
    public void putInt(int value) {
        int at = grown(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    /**
     * 4 bytes.
     *
     * @param at the first
     * @return them
     */
    int getInt(int at) {
        return (int) INTS.get(bytes, at);
    }

    /**
     * Change 4 bytes.
     *
     * @param at the first
     * @param value of them
     */
    public void setInt(int at, int value) {
        INTS.set(bytes, at, value);
    }

    /**
     * 8 bytes.
     *
     * @param at the first
     * @return them
     */
    long getLong(int at) {
        return (long) LONGS.get(bytes, at);
    }

    /**
     * Change 8 bytes.
     *
     * @param at the first
     * @param value of them
     */
    void setLong(int at, long value) {
        LONGS.set(bytes, at, value);
    }

    /**
     * Append 8 bytes.
     *
     * @param value of them
     */
    public void putLong(long value) {
        int at = grown(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    /**
     * Append a copy.
     *
     * @param source where
     * @param offset of the first byte
     * @param count how many
     */
    public void putBytes(byte[] source, int offset, int count) {
        int at = grown(count);
        System.arraycopy(source, offset, bytes, at, count);
    }

    /**
     * Append a copy.
     *
     * @param source where
     * @param offset of the first byte
     * @param count how many
     */
    public void putBytes(DirectBuffer source, int offset, int count) {
        int at = grown(count);
        source.getBytes(offset, bytes, at, count);
    }

    /**
     * Append a text's bytes.
     *
     * @param text any
     * @return false, and nothing is appended, when it has a lone surrogate, for which UTF-8 has no bytes
     */
    public boolean putUtf8(String text) {
        long most = (long) text.length() * Utf8.MAX_BYTES_PER_CHAR;
        ensure(most);
        int encoded = Utf8.encode(text, bytes, length);
        length += Math.max(0, encoded);
        return encoded >= 0;
    }

    private int grown(int count) {
        ensure(count);
        int at = length;
        length += count;
        return at;
    }

    private void ensure(long more) {
        long needed = length + more;
        if (needed > bytes.length) {
            if (needed > MAX_BYTES) {
                throw new IllegalStateException("a record of " + needed + " bytes or more, at most " + MAX_BYTES
                        + " are possible; make it smaller");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * bytes.length)));
        }
    }
}
