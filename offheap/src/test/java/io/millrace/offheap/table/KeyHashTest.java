package io.millrace.offheap.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KeyHashTest {

    private static final int KEYS = 1 << 16;

    /** Keys as they come in life: counted, in steps, in the high bits only, as doubles' bits, as two ids in one. */
    private static final IntUnaryOperator[] SERIES = {
        i -> KeyHash.of((long) i),
        i -> KeyHash.of(-(long) i),
        i -> KeyHash.of(1000L * i),
        i -> KeyHash.of((long) i << 16),
        i -> KeyHash.of((long) i << 32),
        i -> KeyHash.of((long) i << 48),
        i -> KeyHash.of(Double.doubleToRawLongBits(i)),
        i -> KeyHash.of((long) (i & 0xFF) << 32 | i >>> 8),
        i -> KeyHash.of((Object) i),
        i -> KeyHash.of((Object) ("user" + i)),
        i -> KeyHash.of(i, 0, 4),
        i -> KeyHash.of((long) i << 48, 0, 8),
        i -> KeyHash.of(0x2065_6874L, (long) i << 8, 12),
        i -> KeyHash.of(i & 0xFF, i >>> 8, 16),
    };

    @Test
    void everySeriesOfKeysSpreadsOverPartitionsEvenly() {
        for (int series = 0; series < SERIES.length; series++) {
            for (int partitions : new int[] {1, 2, 3, 7, 64}) {
                int[] keys = new int[partitions];
                for (int i = 0; i < KEYS; i++) {
                    keys[KeyHash.partition(SERIES[series].applyAsInt(i), partitions)]++;
                }
                double even = (double) KEYS / partitions;
                for (int count : keys) {
                    assertTrue(
                            Math.abs(count - even) < 6 * Math.sqrt(even) + 1,
                            "series " + series + ": " + count + " keys in one of " + partitions + " partitions");
                }
            }
        }
    }

    @Test
    void keysOfOnePartitionSpreadOverAWholeTable() {
        for (int series = 0; series < SERIES.length; series++) {
            int buckets = 1 << 12;
            int[] keys = new int[buckets];
            int used = 0;
            int inPartition = 0;
            for (int i = 0; i < KEYS && inPartition < buckets; i++) {
                int hash = SERIES[series].applyAsInt(i);
                if (KeyHash.partition(hash, 8) == 5) {
                    inPartition++;
                    used += keys[hash & buckets - 1]++ == 0 ? 1 : 0;
                }
            }
            // As many balls as boxes leave 1/e of the boxes empty, when they are thrown by chance.
            assertTrue(
                    (double) used / inPartition > 0.61, "series " + series + ": " + used + " of " + buckets + " used");
        }
    }

    @Test
    void aPartitionIsNeverOutOfRange() {
        for (int hash : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            for (int partitions : new int[] {1, 2, 1000, Integer.MAX_VALUE}) {
                int partition = KeyHash.partition(hash, partitions);
                assertTrue(partition >= 0 && partition < partitions);
            }
        }
    }

    @Test
    void equalKeysHaveOneJavaHashHoweverTheyAreHeld() {
        Object[] keys = {7, -1L, Long.MIN_VALUE, 0.5, -0.5f, true, "", "word", "gr\u00fcn", "\ud834\udd1e"};
        int[] held = new int[1];
        int[] boxed = new int[1];
        for (Object key : keys) {
            RefColumn object = new RefColumn();
            object.values()[0] = key;
            KeyHash.javaHashes(object, 1, boxed);
            KeyHash.javaHashes(columnOf(key), 1, held);
            assertEquals(key.hashCode(), boxed[0], key.toString());
            assertEquals(key.hashCode(), held[0], key.toString());
        }
    }

    private static Column columnOf(Object key) {
        if (key instanceof String text) {
            BytesColumn column = new BytesColumn();
            byte[] bytes = (text + " ".repeat(16)).getBytes(StandardCharsets.UTF_8);
            column.wrap(new UnsafeBuffer(bytes), ElementType.UTF8);
            column.ends()[0] = bytes.length - 16;
            return column;
        } else if (key instanceof Double || key instanceof Float) {
            DoubleColumn column = new DoubleColumn();
            column.setType(ElementType.of(key));
            column.values()[0] = ((Number) key).doubleValue();
            return column;
        }
        LongColumn column = new LongColumn();
        column.setType(ElementType.of(key));
        column.values()[0] = key instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) key).longValue();
        return column;
    }
}
