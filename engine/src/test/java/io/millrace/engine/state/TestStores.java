package io.millrace.engine.state;

import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.TestPairs;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.List;

/** Stores for tests of operators. */
public final class TestStores {
    public static final LanePolicy LANES = new LanePolicy(true, new ShapeClasses(true, 100), new LaneMisses());

    private TestStores() {}

    /** Opens stores that keep all in memory. */
    public static StoreOpener inMemory(MemoryLedger ledger) {
        return opener(ledger, Long.MAX_VALUE, null);
    }

    /** Opens stores that keep so much in memory, and the rest in files. */
    public static StoreOpener opener(MemoryLedger ledger, long residentBytes, ColdFiles cold) {
        return new StoreOpener(
                ledger,
                LANES,
                () -> new ValueCodec(new RecordClasses(List.of(), TestPairs.PAIRS)),
                residentBytes,
                cold);
    }

    /** One store, all in memory. */
    public static KeyedStore store(MemoryLedger ledger) {
        return inMemory(ledger).open(new OperatorId("operator"), 1, false).get(0);
    }
}
