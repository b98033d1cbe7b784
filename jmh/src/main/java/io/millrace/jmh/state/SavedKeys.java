package io.millrace.jmh.state;

import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.KeyedStoreConfig;
import java.util.List;

/** Stores and their keys: longs, or texts of 20 bytes. */
final class SavedKeys {
    static final RecordClasses CLASSES = new RecordClasses(List.of(), new NoPairs());

    private SavedKeys() {}

    /** In memory, without times. */
    static KeyedStore newStore(MemoryLedger ledger, ObjectEncoding encoding) {
        return new KeyedStore(new KeyedStoreConfig("saved", Long.MAX_VALUE, false), ledger, encoding.newCodec(), null);
    }

    static Object key(String type, long number) {
        return type.equals("long") ? (Object) number : "key-of-20-b-" + (10_000_000 + number);
    }

    static void shuffle(long[] numbers, Randomness random) {
        for (int row = numbers.length - 1; row > 0; row--) {
            int other = random.below(row + 1);
            long number = numbers[other];
            numbers[other] = numbers[row];
            numbers[row] = number;
        }
    }
}
