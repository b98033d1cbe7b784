package io.millrace.jmh.flow;

import io.millrace.jmh.data.Lines;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * The limit: eight bytes at a time, words of up to 16 bytes as two longs in an open-addressing table, longer ones in a map. Made
 * for this data and nothing else.
 */
final class ByteCounter implements BareFlow.Counter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Each byte one above the blank, and the top bit of each byte. */
    private static final long ABOVE_BLANK = 0x2121212121212121L;

    private static final long TOP_BITS = 0x8080808080808080L;

    private static final int INLINE_BYTES = 16;
    private static final int ENTRY_LONGS = 4;
    private static final int FIRST_CAPACITY = 1 << 15;

    /** The lines, and so many bytes behind them that a word may be loaded whole. */
    private final byte[] bytes;

    private final Map<String, long[]> longWords = new HashMap<>();
    /** Entries of first eight bytes, next eight bytes, count; 0 is free. A word has no zero byte, so its first is never 0. */
    private long[] table = new long[FIRST_CAPACITY * ENTRY_LONGS];

    private int mask = FIRST_CAPACITY - 1;
    private int used;

    ByteCounter(byte[] paddedLines) {
        this.bytes = paddedLines;
    }

    /** The lines with blanks behind them. */
    static byte[] padded(Lines lines) {
        byte[] padded = Arrays.copyOf(lines.bytes(), lines.bytes().length + 2 * INLINE_BYTES);
        Arrays.fill(padded, lines.bytes().length, padded.length, (byte) ' ');
        return padded;
    }

    @Override
    public void count(int chunk) {
        int at = chunk * Lines.CHUNK_BYTES;
        int end = at + Lines.CHUNK_BYTES;
        byte[] in = bytes;
        while (at < end) {
            long low = (long) LONGS.get(in, at);
            long stops = low - ABOVE_BLANK & ~low & TOP_BITS;
            if (stops != 0) {
                int length = Long.numberOfTrailingZeros(stops) >>> 3;
                if (length != 0) {
                    add(low & (1L << (length << 3)) - 1, 0);
                }
                at += length + 1;
                continue;
            }
            long high = (long) LONGS.get(in, at + Long.BYTES);
            stops = high - ABOVE_BLANK & ~high & TOP_BITS;
            if (stops == 0) {
                at = addLong(at);
            } else {
                int length = Long.numberOfTrailingZeros(stops) >>> 3;
                add(low, high & (1L << (length << 3)) - 1);
                at += Long.BYTES + length + 1;
            }
        }
    }

    private void add(long low, long high) {
        long[] entries = table;
        for (int place = place(low, high, mask); ; place = place + 1 & mask) {
            int entry = place * ENTRY_LONGS;
            if (entries[entry] == low && entries[entry + 1] == high) {
                entries[entry + 2]++;
                return;
            }
            if (entries[entry] == 0) {
                put(entries, entry, low, high, 1);
                if (++used > mask / 2) {
                    grow();
                }
                return;
            }
        }
    }

    private static int place(long low, long high, int mask) {
        long mixed = (low ^ Long.rotateLeft(high, 29) * 0x9e3779b97f4a7c15L) * 0xd6e8feb86659fd93L;
        return (int) (mixed >>> 32) & mask;
    }

    private static void put(long[] entries, int entry, long low, long high, long count) {
        entries[entry] = low;
        entries[entry + 1] = high;
        entries[entry + 2] = count;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        mask = mask * 2 + 1;
        for (int entry = 0; entry < old.length; entry += ENTRY_LONGS) {
            if (old[entry] != 0) {
                int place = place(old[entry], old[entry + 1], mask);
                while (table[place * ENTRY_LONGS] != 0) {
                    place = place + 1 & mask;
                }
                put(table, place * ENTRY_LONGS, old[entry], old[entry + 1], old[entry + 2]);
            }
        }
    }

    private int addLong(int start) {
        int end = start + INLINE_BYTES;
        while (bytes[end] > ' ') {
            end++;
        }
        String word = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        longWords.computeIfAbsent(word, unseen -> new long[1])[0]++;
        return end + 1;
    }

    @Override
    public void drainTo(ObjLongConsumer<String> totals) {
        byte[] word = new byte[INLINE_BYTES];
        for (int entry = 0; entry < table.length; entry += ENTRY_LONGS) {
            if (table[entry] != 0) {
                LONGS.set(word, 0, table[entry]);
                LONGS.set(word, Long.BYTES, table[entry + 1]);
                int length = 0;
                while (length < INLINE_BYTES && word[length] != 0) {
                    length++;
                }
                totals.accept(new String(word, 0, length, StandardCharsets.US_ASCII), table[entry + 2]);
            }
        }
        longWords.forEach((text, count) -> totals.accept(text, count[0]));
        Arrays.fill(table, 0);
        used = 0;
        longWords.clear();
    }
}
