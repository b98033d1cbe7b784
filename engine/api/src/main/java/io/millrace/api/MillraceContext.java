package io.millrace.api;

import io.millrace.conf.Settings;
import io.millrace.spi.Backend;
import io.millrace.spi.BackendProvider;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * What runs datasets and streams: threads, memory and settings of one engine. Several may exist in one JVM. Safe from
 * several threads.
 */
public final class MillraceContext implements AutoCloseable {
    private final MillraceConf conf;
    private final Backend backend;
    private volatile boolean stopped;

    /**
     * An engine for this configuration, which is copied.
     *
     * @throws MillraceException if the master or the application name is missing, or no backend serves the master
     */
    public MillraceContext(MillraceConf conf) {
        this(conf, null);
    }

    /** An engine with default settings, a master such as {@code local[2]}, and a name. */
    public MillraceContext(String master, String appName) {
        this(new MillraceConf().setMaster(master).setAppName(appName));
    }

    private MillraceContext(MillraceConf conf, Backend backend) {
        this.conf = conf.clone();
        requireSet(Settings.MASTER.key(), "setMaster(\"local[2]\")");
        requireSet(Settings.APP_NAME.key(), "setAppName(\"my program\")");
        UnknownKeys.remark(this.conf);
        this.backend = backend != null ? backend : backendFor(master());
    }

    /** An engine on a given backend, for tests and simulators that build their own. The backend is closed with it. */
    public static MillraceContext on(Backend backend, MillraceConf conf) {
        return new MillraceContext(conf, Objects.requireNonNull(backend, "backend"));
    }

    private void requireSet(String key, String remedy) {
        if (!conf.contains(key)) {
            throw new MillraceException("'" + key + "' is not set in the configuration; call " + remedy);
        }
    }

    private Backend backendFor(String master) {
        for (BackendProvider provider :
                ServiceLoader.load(BackendProvider.class, getClass().getClassLoader())) {
            if (provider.accepts(master)) {
                return provider.create(conf);
            }
        }
        throw new MillraceException("no backend on the class path serves the master '" + master
                + "'; with millrace-engine there, give local[n], local[*] or local[0]");
    }

    /** A dataset over a list, in as many slices as there is parallelism. */
    public <T> RDD<T> parallelize(List<T> records) {
        return parallelize(records, defaultParallelism());
    }

    /**
     * A dataset over a list. Slice i holds positions {@code i * size / slices} up to {@code (i + 1) * size / slices}.
     * The list is read when an action runs.
     *
     * @throws NullPointerException if there is no list
     * @throws IllegalArgumentException if {@code slices} is below 1
     */
    public <T> RDD<T> parallelize(List<T> records, int slices) {
        Objects.requireNonNull(records, "parallelize(null): there is no list; List.of() is one without records");
        return running().parallelize(this, records, checkSlices(slices));
    }

    /** A keyed dataset over a list, in as many slices as there is parallelism. */
    public <K, V> PairRDD<K, V> parallelizePairs(List<Tuple2<K, V>> records) {
        return parallelizePairs(records, defaultParallelism());
    }

    /** A keyed dataset over a list, sliced as {@link #parallelize(List, int)} does. */
    public <K, V> PairRDD<K, V> parallelizePairs(List<Tuple2<K, V>> records, int slices) {
        Objects.requireNonNull(records, "parallelizePairs(null): there is no list; List.of() is one without records");
        return running().parallelizePairs(this, records, checkSlices(slices));
    }

    private static int checkSlices(int slices) {
        if (slices < 1) {
            throw new IllegalArgumentException("parallelize into " + slices + " slices; give 1 or more");
        }
        return slices;
    }

    /** How many partitions datasets have when no number is named. */
    public int defaultParallelism() {
        return backend.defaultParallelism();
    }

    /** A copy of the configuration. */
    public MillraceConf getConf() {
        return conf.clone();
    }

    /** The master text, such as {@code local[2]}. */
    public String master() {
        return conf.get(Settings.MASTER.key());
    }

    /** The program's name. */
    public String appName() {
        return conf.get(Settings.APP_NAME.key());
    }

    /** Itself, so that programs that write {@code jsc.sc()} compile. */
    public MillraceContext sc() {
        return this;
    }

    /**
     * Stop what runs, end the threads, free the memory. Stopping twice is harmless.
     *
     * @throws IllegalStateException if called inside an output, which would wait for itself; a later call may succeed
     */
    public void stop() {
        stopped = true;
        try {
            backend.close();
        } catch (RuntimeException | Error refused) {
            stopped = false;
            throw refused;
        }
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    Backend running() {
        if (stopped) {
            throw new IllegalStateException("this MillraceContext was stopped; make a new one");
        }
        return backend;
    }
}
