package io.millrace.offheap.state;

import io.millrace.offheap.codec.UnreadableRecordException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Numbers beside each other in as few bytes as the one that is farthest from the least needs.
 *
 * <pre>
 *   width: 0, 1, 2, 4 or 8 (byte) │ the least (long) │ of each number, how much larger it is (width bytes, unsigned)
 * </pre>
 *
 * <p>They go through an array, where loops are quicker than in memory off the heap. Owner: one thread.
 */
final class PackedNumbers {
    private static final int HEADER_BYTES = 1 + Long.BYTES;
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, EntryFormat.ORDER);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, EntryFormat.ORDER);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, EntryFormat.ORDER);
    private static final long BYTE = 0xFFL;
    private static final long SHORT = 0xFFFFL;
    private static final long INT = 0xFFFF_FFFFL;

    private final byte[] bytes = new byte[EntryBlock.MAX_ROWS * Long.BYTES];

    /** What so many numbers take at the most. */
    static int mostBytes(int count) {
        return HEADER_BYTES + count * Long.BYTES;
    }

    /** Write the first ones, one at least; where they end. */
    int write(long[] numbers, int count, MutableDirectBuffer into, int start) {
        long least = numbers[0];
        long most = numbers[0];
        for (int i = 1; i < count; i++) {
            least = Math.min(least, numbers[i]);
            most = Math.max(most, numbers[i]);
        }
        int width = width(most - least);
        into.putByte(start, (byte) width);
        into.putLong(start + 1, least, EntryFormat.ORDER);
        writeDifferences(numbers, count, least, width);
        into.putBytes(start + HEADER_BYTES, bytes, 0, count * width);
        return start + HEADER_BYTES + count * width;
    }

    /** Of a difference without sign. */
    private static int width(long difference) {
        if (difference >>> Integer.SIZE != 0) {
            return Long.BYTES;
        } else if (difference > SHORT) {
            return Integer.BYTES;
        }
        return difference > BYTE ? Short.BYTES : difference > 0 ? Byte.BYTES : 0;
    }

    private void writeDifferences(long[] numbers, int count, long least, int width) {
        byte[] to = bytes;
        switch (width) {
            case Byte.BYTES -> {
                for (int i = 0; i < count; i++) {
                    to[i] = (byte) (numbers[i] - least);
                }
            }
            case Short.BYTES -> {
                for (int i = 0; i < count; i++) {
                    SHORTS.set(to, i * Short.BYTES, (short) (numbers[i] - least));
                }
            }
            case Integer.BYTES -> {
                for (int i = 0; i < count; i++) {
                    INTS.set(to, i * Integer.BYTES, (int) (numbers[i] - least));
                }
            }
            case Long.BYTES -> {
                for (int i = 0; i < count; i++) {
                    LONGS.set(to, i * Long.BYTES, numbers[i] - least);
                }
            }
            default -> {
                // All are the least.
            }
        }
    }

    /**
     * Read so many; where they end.
     *
     * @param end what is behind is not read
     * @throws UnreadableRecordException if there is no such width, or they would end behind
     */
    int read(DirectBuffer from, int start, int end, long[] into, int count) {
        int width = end - start < HEADER_BYTES ? 0 : from.getByte(start);
        if (width < 0 || width > Long.BYTES || Integer.bitCount(width) > 1) {
            throw new UnreadableRecordException("numbers of " + width + " bytes, expected 0, 1, 2, 4 or 8");
        }
        int length = HEADER_BYTES + count * width;
        if (length > end - start) {
            throw new UnreadableRecordException(
                    count + " numbers take " + length + " bytes where " + (end - start) + " are left");
        }
        from.getBytes(start + HEADER_BYTES, bytes, 0, count * width);
        readDifferences(from.getLong(start + 1, EntryFormat.ORDER), width, into, count);
        return start + length;
    }

    private void readDifferences(long least, int width, long[] into, int count) {
        byte[] from = bytes;
        switch (width) {
            case Byte.BYTES -> {
                for (int i = 0; i < count; i++) {
                    into[i] = least + (from[i] & BYTE);
                }
            }
            case Short.BYTES -> {
                for (int i = 0; i < count; i++) {
                    into[i] = least + ((short) SHORTS.get(from, i * Short.BYTES) & SHORT);
                }
            }
            case Integer.BYTES -> {
                for (int i = 0; i < count; i++) {
                    into[i] = least + ((int) INTS.get(from, i * Integer.BYTES) & INT);
                }
            }
            case Long.BYTES -> {
                for (int i = 0; i < count; i++) {
                    into[i] = least + (long) LONGS.get(from, i * Long.BYTES);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    into[i] = least;
                }
            }
        }
    }
}
