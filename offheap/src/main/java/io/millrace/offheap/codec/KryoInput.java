package io.millrace.offheap.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;

/**
 * Input that believes no length: an array, text or collection cannot claim far more elements than there are bytes, so that a
 * few wrong bytes do not take all memory.
 */
final class KryoInput extends Input {
    /** Elements of a collection may take no byte at all; so many of them are believed anyway. */
    private static final int SLACK = 1 << 16;

    KryoInput() {
        super(new byte[0]);
    }

    @Override
    public int readVarInt(boolean optimizePositive) {
        int value = super.readVarInt(optimizePositive);
        return optimizePositive ? believable(value, 0) : value;
    }

    @Override
    public int readVarIntFlag(boolean optimizePositive) {
        int value = super.readVarIntFlag(optimizePositive);
        return optimizePositive ? believable(value, 0) : value;
    }

    /** A number of the record's own, not a length: a year, say. */
    @Override
    public int readInt(boolean optimizePositive) {
        return super.readVarInt(optimizePositive);
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(believable(length, 1));
    }

    @Override
    public boolean[] readBooleans(int length) {
        return super.readBooleans(believable(length, 1));
    }

    @Override
    public short[] readShorts(int length) {
        return super.readShorts(believable(length, Short.BYTES));
    }

    @Override
    public char[] readChars(int length) {
        return super.readChars(believable(length, Character.BYTES));
    }

    @Override
    public int[] readInts(int length) {
        return super.readInts(believable(length, Integer.BYTES));
    }

    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(believable(length, 1), optimizePositive);
    }

    @Override
    public long[] readLongs(int length) {
        return super.readLongs(believable(length, Long.BYTES));
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(believable(length, 1), optimizePositive);
    }

    @Override
    public float[] readFloats(int length) {
        return super.readFloats(believable(length, Float.BYTES));
    }

    @Override
    public double[] readDoubles(int length) {
        return super.readDoubles(believable(length, Double.BYTES));
    }

    private int believable(int count, int bytesEach) {
        long left = limit() - position();
        long most = bytesEach > 0 ? left / bytesEach : SLACK + 16 * left;
        if (count < 0 || count > most) {
            throw new KryoException("a length of " + count + " is claimed where " + left + " bytes are left");
        }
        return count;
    }
}
