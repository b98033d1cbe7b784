package io.millrace.engine.local;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.MissingJvmFlagsException;
import io.millrace.conf.Settings;
import io.millrace.conf.StateStore;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.StatefulSpec;
import io.millrace.engine.state.ColdFiles;
import io.millrace.engine.state.StoreOpener;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.ColdStoreProvider;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadFactory;

/** Where this engine keeps what operators remember: in memory, and behind it in what a {@link ColdStoreProvider} offers. */
final class LocalStates {
    private static final int KINDS_OF_KEYS = 3; // each may have a cold store

    private final boolean isResidentOnly;
    private final long residentBytes;
    private final long maxBytes;
    private final String directory;
    private final ThreadFactory threads;

    /** @param threads for what is done in the background; null where callers do everything themselves */
    LocalStates(MillraceConf conf, ThreadFactory threads) {
        this.isResidentOnly = conf.get(Settings.STATE_STORE) == StateStore.RESIDENT;
        this.residentBytes = conf.get(Settings.STATE_RESIDENT_BYTES);
        this.maxBytes = conf.get(Settings.STATE_MAX_BYTES);
        this.directory = conf.get(Settings.STATE_DIRECTORY);
        this.threads = threads;
    }

    /**
     * A program wants to remember something.
     *
     * @throws MissingJvmFlagsException if this JVM gives the store behind memory no access
     * @throws MillraceException if there is no such store
     */
    void check(String operator) {
        if (isResidentOnly) {
            return;
        }
        ColdStoreProvider provider = provider()
                .orElseThrow(() -> new MillraceException(operator + " keeps its state in Chronicle Map beyond what is"
                        + " resident, and io.millrace:millrace-offheap-chronicle is not on the class path; add it, or keep"
                        + " all state in memory with millrace.state.store=resident"));
        List<String> missing = provider.missingFlags();
        if (!missing.isEmpty()) {
            throw new MissingJvmFlagsException(operator, missing);
        }
    }

    private static Optional<ColdStoreProvider> provider() {
        return ServiceLoader.load(ColdStoreProvider.class, ColdStoreProvider.class.getClassLoader())
                .findFirst();
    }

    /**
     * Makes the stores of a run. Windows alone get by without a store behind memory, if there is none; a program that remembers
     * nothing by key does not look for one.
     */
    StoreOpener opener(PhysicalPlan plan, MemoryLedger ledger, LanePolicy lanes, ObjectEncoding objects) {
        int stores = plan.stateful().stream().mapToInt(StatefulSpec::partitions).sum();
        long resident = residentBytes > 0 ? residentBytes : ledger.maxBytes() / 2;
        return new StoreOpener(
                ledger,
                lanes,
                objects::newCodec,
                Math.max(1, resident / Math.max(1, stores)),
                isResidentOnly || stores == 0 ? null : cold(stores));
    }

    private ColdFiles cold(int stores) {
        long perStore = maxBytes > 0 ? Math.max(1, maxBytes / stores / KINDS_OF_KEYS) : Long.MAX_VALUE;
        return provider()
                .filter(provider -> provider.missingFlags().isEmpty())
                .map(provider -> new ColdFiles(provider, directory, perStore, threads))
                .orElse(null);
    }
}
