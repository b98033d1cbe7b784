package io.millrace.api;

import io.millrace.conf.Setting;
import io.millrace.conf.Settings;
import io.millrace.spi.Backend;
import io.millrace.spi.Datasets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What runs datasets and streams: threads, memory and settings of one engine. Several may exist in one JVM. Safe from
 * several threads.
 *
 * <p>One engine may have several contexts ({@link #MillraceContext(MillraceContext)}); whichever is stopped first stops
 * it for all of them.
 */
public final class MillraceContext implements AutoCloseable {
    private static final int MIN_PARTITIONS = 2;
    private static final String JOB_GROUP = "millrace.jobGroup.id";
    private static final String JOB_DESCRIPTION = "millrace.job.description";
    private static final String JOB_INTERRUPTS = "millrace.job.interruptOnCancel";

    private static MillraceContext newest;

    private final SharedEngine engine;

    /**
     * An engine with the settings of the system properties, which must name master and application.
     *
     * @throws MillraceException as {@link #MillraceContext(MillraceConf)}
     */
    public MillraceContext() {
        this(new MillraceConf());
    }

    /**
     * An engine for this configuration, which is copied.
     *
     * @throws MillraceException if the master or the application name is missing, or no backend serves the master
     */
    public MillraceContext(MillraceConf conf) {
        this(new SharedEngine(conf, null));
        setNewest(this);
    }

    /** An engine with default settings, a master such as {@code local[2]}, and a name. */
    public MillraceContext(String master, String appName) {
        this(master, appName, new MillraceConf());
    }

    /** An engine for a copy of this configuration, with another master and name. */
    public MillraceContext(String master, String appName, MillraceConf conf) {
        this(conf.clone().setMaster(master).setAppName(appName));
    }

    /** An engine as {@link #MillraceContext(String, String)}; nothing is shipped anywhere, so the rest changes nothing. */
    public MillraceContext(String master, String appName, String sparkHome, String jarFile) {
        this(master, appName);
    }

    /** An engine as {@link #MillraceContext(String, String)}; nothing is shipped anywhere, so the rest changes nothing. */
    public MillraceContext(String master, String appName, String sparkHome, String[] jars) {
        this(master, appName);
    }

    /** An engine as {@link #MillraceContext(String, String)}; nothing is shipped anywhere, so the rest changes nothing. */
    public MillraceContext(
            String master, String appName, String sparkHome, String[] jars, Map<String, String> environment) {
        this(master, appName);
    }

    /** Another context on the same engine: stopping either stops both. */
    public MillraceContext(MillraceContext context) {
        this(context.engine);
    }

    private MillraceContext(SharedEngine engine) {
        this.engine = engine;
    }

    /** An engine on a given backend, for tests and simulators that build their own. The backend is closed with it. */
    public static MillraceContext on(Backend backend, MillraceConf conf) {
        return new MillraceContext(new SharedEngine(conf, Objects.requireNonNull(backend, "backend")));
    }

    /** Another context on the same engine, under the name that Spark programs use. */
    public static MillraceContext fromSparkContext(MillraceContext context) {
        return new MillraceContext(context);
    }

    /** The context of this JVM that was made last, if it runs, whatever its configuration; else a new one. */
    public static MillraceContext getOrCreate(MillraceConf conf) {
        synchronized (MillraceContext.class) {
            return newest != null ? newest : new MillraceContext(conf);
        }
    }

    /** As {@link #getOrCreate(MillraceConf)}, with the settings of the system properties. */
    public static MillraceContext getOrCreate() {
        return getOrCreate(new MillraceConf());
    }

    private static synchronized void setNewest(MillraceContext context) {
        newest = context;
    }

    private static synchronized void forget(SharedEngine stopped) {
        if (newest != null && newest.engine == stopped) {
            newest = null;
        }
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
        return datasets().parallelize(checkList("parallelize", records), checkSlices(slices));
    }

    /** A keyed dataset over a list, in as many slices as there is parallelism. */
    public <K, V> PairRDD<K, V> parallelizePairs(List<Tuple2<K, V>> records) {
        return parallelizePairs(records, defaultParallelism());
    }

    /** A keyed dataset over a list, sliced as {@link #parallelize(List, int)} does. */
    public <K, V> PairRDD<K, V> parallelizePairs(List<Tuple2<K, V>> records, int slices) {
        return datasets().parallelizePairs(checkList("parallelizePairs", records), checkSlices(slices));
    }

    /** A dataset of numbers over a list, in as many slices as there is parallelism. */
    public DoubleRDD parallelizeDoubles(List<Double> records) {
        return parallelizeDoubles(records, defaultParallelism());
    }

    /** A dataset of numbers over a list, sliced as {@link #parallelize(List, int)} does. */
    public DoubleRDD parallelizeDoubles(List<Double> records, int slices) {
        return datasets().parallelizeDoubles(checkList("parallelizeDoubles", records), checkSlices(slices));
    }

    /** A dataset without partitions. */
    public <T> RDD<T> emptyRDD() {
        return datasets().empty();
    }

    /** The lines of text files, as {@link #textFile(String, int)}. */
    public RDD<String> textFile(String path) {
        return textFile(path, defaultMinPartitions());
    }

    /**
     * The lines of text files: of one file, of those of a directory, or of those a glob such as
     * {@code /logs/2024-*}{@code /*.log} matches. Hidden files, and those whose names begin with {@code _}, are left out.
     * The files are looked up by each action, so a path that leads nowhere is told by the first.
     *
     * @param path on this machine, perhaps as {@code file:} URI
     * @param minPartitions a large file is cut into parts until there are so many
     */
    public RDD<String> textFile(String path, int minPartitions) {
        return datasets().textFile(checkPath("textFile", path), checkMinPartitions("textFile", minPartitions));
    }

    /** Text files as records of path and text; each is read whole. Paths as in {@link #textFile(String, int)}. */
    public PairRDD<String, String> wholeTextFiles(String path) {
        return wholeTextFiles(path, defaultMinPartitions());
    }

    /** As {@link #wholeTextFiles(String)}, in so many partitions if there are enough files. */
    public PairRDD<String, String> wholeTextFiles(String path, int minPartitions) {
        return datasets()
                .wholeTextFiles(checkPath("wholeTextFiles", path), checkMinPartitions("wholeTextFiles", minPartitions));
    }

    /** Files as records of path and what reads them. Paths as in {@link #textFile(String, int)}. */
    public PairRDD<String, PortableDataStream> binaryFiles(String path) {
        return binaryFiles(path, defaultMinPartitions());
    }

    /** As {@link #binaryFiles(String)}, in so many partitions if there are enough files. */
    public PairRDD<String, PortableDataStream> binaryFiles(String path, int minPartitions) {
        return datasets().binaryFiles(checkPath("binaryFiles", path), checkMinPartitions("binaryFiles", minPartitions));
    }

    /**
     * The records of binary files. Paths as in {@link #textFile(String, int)}.
     *
     * @param recordLength of each record, in bytes; a file that is not a multiple of it ends the action
     */
    public RDD<byte[]> binaryRecords(String path, int recordLength) {
        if (recordLength < 1) {
            throw new IllegalArgumentException(
                    "binaryRecords with records of " + recordLength + " bytes; give 1 or more");
        }
        return datasets().binaryRecords(checkPath("binaryRecords", path), recordLength);
    }

    /** The records that {@link RDDActions#saveAsObjectFile} wrote. Paths as in {@link #textFile(String, int)}. */
    public <T> RDD<T> objectFile(String path) {
        return objectFile(path, defaultMinPartitions());
    }

    /** As {@link #objectFile(String)}; a partition is one file at least, whatever the number. */
    public <T> RDD<T> objectFile(String path, int minPartitions) {
        return datasets().objectFile(checkPath("objectFile", path), checkMinPartitions("objectFile", minPartitions));
    }

    /**
     * Several datasets as one, partitions in the order of the arguments.
     *
     * @throws IllegalArgumentException if there is none
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> RDD<T> union(RDD<T>... rdds) {
        return datasets().union(checkParts(Arrays.stream(rdds).toList()));
    }

    /** As {@link #union(RDD[])}. */
    public <T> RDD<T> union(RDD<T> first, List<RDD<T>> rest) {
        return datasets().union(joined(first, rest));
    }

    /** As {@link #union(RDD[])}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <K, V> PairRDD<K, V> union(PairRDD<K, V>... rdds) {
        return datasets().unionPairs(checkParts(Arrays.stream(rdds).toList()));
    }

    /** As {@link #union(RDD[])}. */
    public <K, V> PairRDD<K, V> union(PairRDD<K, V> first, List<PairRDD<K, V>> rest) {
        return datasets().unionPairs(joined(first, rest));
    }

    /** As {@link #union(RDD[])}. */
    public DoubleRDD union(DoubleRDD... rdds) {
        return datasets().unionDoubles(checkParts(Arrays.stream(rdds).toList()));
    }

    /** As {@link #union(RDD[])}. */
    public DoubleRDD union(DoubleRDD first, List<DoubleRDD> rest) {
        return datasets().unionDoubles(joined(first, rest));
    }

    /**
     * A value for functions to read.
     *
     * @throws IllegalArgumentException if it is a dataset: functions cannot read those
     */
    public <T> Broadcast<T> broadcast(T value) {
        if (value instanceof RDDActions<?>) {
            throw new IllegalArgumentException(
                    "broadcast of a dataset: functions cannot read one; broadcast what its collect() returns");
        }
        return datasets().broadcast(value);
    }

    /** A new sum of whole numbers. */
    public LongAccumulator longAccumulator() {
        return registered(new LongAccumulator(), null);
    }

    /** A new sum of whole numbers, with a name. */
    public LongAccumulator longAccumulator(String name) {
        return registered(new LongAccumulator(), name);
    }

    /** A new sum of numbers. */
    public DoubleAccumulator doubleAccumulator() {
        return registered(new DoubleAccumulator(), null);
    }

    /** A new sum of numbers, with a name. */
    public DoubleAccumulator doubleAccumulator(String name) {
        return registered(new DoubleAccumulator(), name);
    }

    /** A new list of what is added to it. */
    public <T> CollectionAccumulator<T> collectionAccumulator() {
        return registered(new CollectionAccumulator<>(), null);
    }

    /** A new list of what is added to it, with a name. */
    public <T> CollectionAccumulator<T> collectionAccumulator(String name) {
        return registered(new CollectionAccumulator<>(), name);
    }

    /**
     * Give an accumulator of one's own a number. {@link AccumulatorV2} says what it has to be fit for.
     *
     * @throws IllegalStateException if it has one already
     */
    public void register(AccumulatorV2<?, ?> accumulator) {
        registered(accumulator, null);
    }

    /** Give an accumulator of one's own a number and a name, as {@link #register(AccumulatorV2)}. */
    public void register(AccumulatorV2<?, ?> accumulator, String name) {
        registered(accumulator, name);
    }

    private <A extends AccumulatorV2<?, ?>> A registered(A accumulator, String name) {
        accumulator.register(engine.nextAccumulator(), name);
        return accumulator;
    }

    /** How many partitions datasets have when no number is named. */
    public int defaultParallelism() {
        return engine.backend().defaultParallelism();
    }

    /** How many partitions files are read into when no number is named: 2, or 1 where that is the parallelism. */
    public int defaultMinPartitions() {
        return Math.min(MIN_PARTITIONS, defaultParallelism());
    }

    /** The datasets that are told to be kept, by id. */
    public Map<Integer, RDD<?>> getPersistentRDDs() {
        return datasets().persistent();
    }

    /**
     * Set a text of the calling thread, and of the threads it will start; tasks of its actions can read it
     * ({@link TaskContext#getLocalProperty}). Null takes it out. A key {@code spark.X} is the key {@code millrace.X}.
     */
    public void setLocalProperty(String key, String text) {
        datasets().localProperties().set(Objects.requireNonNull(key, "the key of a local property is null"), text);
    }

    /** A text of the calling thread; null if it is not set. */
    public String getLocalProperty(String key) {
        return datasets().localProperties().get(Objects.requireNonNull(key, "the key of a local property is null"));
    }

    /** Name a group for the actions the calling thread is going to call, as local properties. */
    public void setJobGroup(String groupId, String description) {
        setJobGroup(groupId, description, false);
    }

    /** As {@link #setJobGroup(String, String)}; the switch is kept and changes nothing. */
    public void setJobGroup(String groupId, String description, boolean interruptOnCancel) {
        setLocalProperty(JOB_GROUP, groupId);
        setLocalProperty(JOB_DESCRIPTION, description);
        setLocalProperty(JOB_INTERRUPTS, String.valueOf(interruptOnCancel));
    }

    /** Take back {@link #setJobGroup}. */
    public void clearJobGroup() {
        setLocalProperty(JOB_GROUP, null);
        setLocalProperty(JOB_DESCRIPTION, null);
        setLocalProperty(JOB_INTERRUPTS, null);
    }

    /** Describe the actions the calling thread is going to call, as a local property. */
    public void setJobDescription(String description) {
        setLocalProperty(JOB_DESCRIPTION, description);
    }

    /** What the calling thread's local properties become in the jobs of streams that it starts. */
    Map<String, String> propertiesOfStreamingJobs(StackTraceElement startedAt) {
        Map<String, String> properties =
                new HashMap<>(datasets().localProperties().snapshot());
        properties.remove(JOB_GROUP);
        properties.put(JOB_INTERRUPTS, "false");
        properties.put(JOB_DESCRIPTION, "Streaming job from " + startedAt);
        return properties;
    }

    /**
     * Set from which level on the engine writes its log, where the JDK's own logging receives it; another logger behind
     * {@link System.Logger} has a configuration of its own.
     *
     * @param level ALL, TRACE, DEBUG, INFO, WARN, ERROR, FATAL or OFF
     * @throws IllegalArgumentException if it is none of these
     */
    public void setLogLevel(String level) {
        EngineLog.setLevel(level);
    }

    /** A copy of the configuration. */
    public MillraceConf getConf() {
        return engine.conf().clone();
    }

    /** One setting, without a copy of all. */
    <T> T conf(Setting<T> setting) {
        return engine.conf().get(setting);
    }

    /** The master text, such as {@code local[2]}. */
    public String master() {
        return engine.conf().get(Settings.MASTER.key());
    }

    /** Whether the engine is this machine: whether the master text begins with {@code local}. */
    public boolean isLocal() {
        return master().startsWith("local");
    }

    /** The program's name. */
    public String appName() {
        return engine.conf().get(Settings.APP_NAME.key());
    }

    /** The version of this library, such as {@code 0.1.0}. */
    public String version() {
        return Version.TEXT;
    }

    /** When the engine was started, milliseconds since the epoch. */
    public Long startTime() {
        return engine.backend().startTimeMs();
    }

    /** Itself, so that programs that write {@code jsc.sc()} compile. */
    public MillraceContext sc() {
        return this;
    }

    /**
     * Stop what runs, end the threads, free the memory, for all contexts of this engine. Stopping twice is harmless.
     *
     * @throws IllegalStateException if called inside an output, which would wait for itself; a later call may succeed
     */
    public void stop() {
        engine.stop();
        forget(engine);
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    Backend running() {
        return engine.running();
    }

    private Datasets datasets() {
        return running().datasets(this);
    }

    private static <T> List<T> checkList(String call, List<T> records) {
        return Objects.requireNonNull(
                records, () -> call + "(null): there is no list; List.of() is one without records");
    }

    private static String checkPath(String call, String path) {
        return Objects.requireNonNull(path, () -> call + "(null): there is no path");
    }

    private static int checkSlices(int slices) {
        if (slices < 1) {
            throw new IllegalArgumentException("parallelize into " + slices + " slices; give 1 or more");
        }
        return slices;
    }

    private static int checkMinPartitions(String call, int minPartitions) {
        if (minPartitions < 0 || minPartitions > Settings.MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    call + " into at least " + minPartitions + " partitions; give 0 to " + Settings.MAX_PARTITIONS);
        }
        return Math.max(1, minPartitions);
    }

    private static <R> List<R> checkParts(List<R> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("union of no datasets; give one or more, or call emptyRDD()");
        }
        return parts;
    }

    private static <R> List<R> joined(R first, List<R> rest) {
        List<R> parts = new ArrayList<>();
        parts.add(Objects.requireNonNull(first, "the first dataset of a union is null"));
        parts.addAll(rest);
        return List.copyOf(parts);
    }
}
