package io.millrace.api;

import io.millrace.api.function.Function;
import io.millrace.api.function.Function0;
import io.millrace.api.function.Function2;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.receiver.Receiver;
import io.millrace.conf.Settings;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanBuilder;
import io.millrace.plan.PlanNode;
import io.millrace.plan.source.FileContent;
import io.millrace.plan.source.QueueSpec;
import io.millrace.plan.source.RawSocketSpec;
import io.millrace.plan.source.ReceiverSpec;
import io.millrace.plan.source.SocketConverterSpec;
import io.millrace.plan.source.SocketTextSpec;
import io.millrace.spi.Backend;
import io.millrace.spi.CheckpointSpec;
import io.millrace.spi.RunSpec;
import io.millrace.spi.StateChanges;
import io.millrace.spi.StreamingRun;
import java.io.Closeable;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The entry point of a streaming program: define streams and outputs, {@link #start()}, {@link #awaitTermination()}. A
 * stopped context cannot be started again. One context is active per JVM, unless
 * {@code millrace.streaming.allowMultipleContexts} is set; engines ({@link MillraceContext}) there may be any number of. Life
 * cycle methods are safe from several threads; the program is defined by one.
 *
 * <p>Meaning: guide, "Initializing StreamingContext".
 */
public final class StreamingContext implements Closeable {
    private static final System.Logger LOG = System.getLogger(StreamingContext.class.getName());

    private final MillraceContext context;
    private final Duration batch;
    private final PlanBuilder plan = new PlanBuilder();
    private final Sources sources = new Sources(this, plan);
    private final List<StreamingListener> listeners = new CopyOnWriteArrayList<>();
    private final LifeCycle life;
    private Duration remember;
    private final CheckpointChanges changes = new CheckpointChanges();
    private final Map<String, DurableCounter> counters = new ConcurrentHashMap<>();
    private String checkpointDirectory;
    /** Whether a checkpoint that cannot be read may be left aside; null if the context is not to go on with one. */
    private Boolean recoverable;

    /**
     * A context with an engine of its own for a copy of this configuration; batches every {@code batch}.
     *
     * @throws IllegalArgumentException if the batch interval is null or below 1 ms
     */
    public StreamingContext(MillraceConf conf, Duration batch) {
        this(engineFor(conf, batch), batch);
    }

    /** A context with default settings, a master such as {@code local[2]}, and a name. */
    public StreamingContext(String master, String appName, Duration batch) {
        this(new MillraceConf().setMaster(master).setAppName(appName), batch);
    }

    /** A context with a master, a name, and the place of an installation, which changes nothing on one machine. */
    public StreamingContext(String master, String appName, Duration batch, String sparkHome, String jarFile) {
        this(master, appName, batch, sparkHome, new String[] {jarFile});
    }

    /** A context with a master, a name, and an installation and jars, which change nothing on one machine. */
    public StreamingContext(String master, String appName, Duration batch, String sparkHome, String[] jars) {
        this(master, appName, batch, sparkHome, jars, Map.of());
    }

    /**
     * A context with a master and a name. The rest, which tells a cluster what to send where, is kept in the configuration under
     * {@code spark.home}, {@code spark.jars} and {@code spark.executorEnv.NAME}, and changes nothing on one machine.
     */
    public StreamingContext(
            String master,
            String appName,
            Duration batch,
            String sparkHome,
            String[] jars,
            Map<String, String> environment) {
        this(clusterConf(master, appName, sparkHome, jars, environment), batch);
    }

    private static MillraceConf clusterConf(
            String master, String appName, String home, String[] jars, Map<String, String> environment) {
        MillraceConf conf = new MillraceConf().setMaster(master).setAppName(appName);
        if (home != null) {
            conf.set(Settings.HOME.key(), home);
        }
        conf.set(Settings.JARS.key(), String.join(",", jars));
        environment.forEach((name, value) -> conf.set(Settings.EXECUTOR_ENV_PREFIX + name, value));
        return conf;
    }

    /**
     * Recovery from a checkpoint alone, which does not exist here: a checkpoint holds data and no program, so the function that
     * makes the context is needed as well.
     *
     * @throws IllegalArgumentException if there is no checkpoint in that directory
     * @throws MillraceException if there is one that cannot be read
     * @see #getOrCreate(String, Function0)
     */
    public StreamingContext(String checkpointDirectory) {
        throw new CheckpointDirectory(checkpointDirectory).noContext();
    }

    /** Checks first: an engine made for a context that is refused would have threads, and nobody to stop them. */
    private static MillraceContext engineFor(MillraceConf conf, Duration batch) {
        checkBatch(batch);
        return new MillraceContext(conf);
    }

    /**
     * A context on an engine that exists.
     *
     * @throws IllegalArgumentException if the batch interval is null or below 1 ms
     */
    public StreamingContext(MillraceContext context, Duration batch) {
        this.context = Objects.requireNonNull(context, "context");
        this.batch = checkBatch(batch);
        this.life = new LifeCycle(this);
        context.getConf().getOption(Settings.CHECKPOINT_DIRECTORY.key()).ifPresent(this::checkpoint);
    }

    private static Duration checkBatch(Duration batch) {
        if (batch == null) {
            throw new IllegalArgumentException("the batch interval cannot be null; give Durations.seconds(1), say");
        }
        if (batch.milliseconds() < 1) {
            throw new IllegalArgumentException("the batch interval is " + batch + "; give 1 ms or more");
        }
        return batch;
    }

    /** The engine under this context. */
    public MillraceContext millraceContext() {
        return context;
    }

    /** The same as {@link #millraceContext()}, under the name that Spark programs use. */
    public MillraceContext sparkContext() {
        return context;
    }

    /** Where in its life this context is. */
    public StreamingContextState getState() {
        return life.state();
    }

    /** The context of this JVM that was started and has not ended; if there are several, the one started last. */
    public static Optional<StreamingContext> getActive() {
        return ActiveContexts.latest();
    }

    /** The active context, or else the one that {@code create} makes, which is not started. */
    public static StreamingContext getActiveOrCreate(Function0<StreamingContext> create) {
        return getActive().orElseGet(() -> CheckpointDirectory.made(create));
    }

    /** The active context, or else as {@link #getOrCreate(String, Function0)}. */
    public static StreamingContext getActiveOrCreate(String checkpointDirectory, Function0<StreamingContext> create) {
        return getActiveOrCreate(checkpointDirectory, create, false);
    }

    /** The active context, or else as {@link #getOrCreate(String, Function0, boolean)}. */
    public static StreamingContext getActiveOrCreate(
            String checkpointDirectory, Function0<StreamingContext> create, boolean createOnError) {
        return getActive().orElseGet(() -> getOrCreate(checkpointDirectory, create, createOnError));
    }

    /**
     * The context that {@code create} makes; if the directory holds a checkpoint, it goes on with that when it is started: what
     * operators of the same names remembered is theirs again, and batches that were planned and not committed are run first. The
     * function is called in either case, since a checkpoint holds data and no program. Nothing is started.
     *
     * @param checkpointDirectory need not exist; the one that the function gives to {@link #checkpoint}
     * @throws MillraceException if it holds a checkpoint of another program, such as one of Spark's; what Millrace cannot go on
     *     with is told by {@link #start}
     */
    public static StreamingContext getOrCreate(String checkpointDirectory, Function0<StreamingContext> create) {
        return getOrCreate(checkpointDirectory, create, false);
    }

    /**
     * As {@link #getOrCreate(String, Function0)}.
     *
     * @param createOnError whether {@code create} is called as well if there is a checkpoint that cannot be read
     */
    public static StreamingContext getOrCreate(
            String checkpointDirectory, Function0<StreamingContext> create, boolean createOnError) {
        return new CheckpointDirectory(checkpointDirectory).getOrCreate(create, createOnError);
    }

    /** The jar that a class came from, as the only element; empty for a class that came from no jar. */
    public static String[] jarOfClass(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location != null && location.getPath().endsWith(".jar")
                ? new String[] {location.getPath()}
                : new String[0];
    }

    /**
     * Say where checkpoints belong; null says that there shall be none. From the start on each batch is planned there before it is
     * run, and committed with what operators remember when it is over; {@link #getOrCreate(String, Function0)} goes on with it.
     */
    public void checkpoint(String directory) {
        checkpointDirectory = directory;
    }

    /**
     * Leave behind what an operator remembered that the program no longer has: else a checkpoint that has its state is refused at
     * {@link #start()}. It is left out of all that is written from then on; the call may go once a run has ended gracefully.
     *
     * @param operator its id, as {@code named(id)} gave it or as the refusal names it
     */
    public void dropState(String operator) {
        changes.drop(operator);
    }

    /**
     * Change the values that an operator remembered in a checkpoint into those that it remembers now. They are changed while the
     * checkpoint is read, and written so with the next snapshot of the state; what is of the new class already is left alone, so the
     * call may stay. Calls for one operator are applied one after the other. Keys cannot be changed: two of them might become one.
     *
     * @param operator its id, as {@code named(id)} gives it
     * @param from the class of the values before; if that was the same class with other fields, a copy of it as it was, registered by
     *     {@link MillraceConf#registerFormerName}
     * @param to makes the new value, no instance of {@code from} and not null; called by the thread that starts the context
     */
    public <O> void migrateState(String operator, Class<O> from, Function<? super O, ?> to) {
        changes.migrate(operator, from, to);
    }

    /**
     * The counter of a name, whose value a checkpoint keeps; always the same one for a name. Where a run goes on with a checkpoint it has its
     * committed value once {@link #start()} has returned; a name that the program no longer has keeps its value there.
     *
     * @throws IllegalStateException if the context was started and there is none of that name
     */
    public DurableCounter durableCounter(String name) {
        Objects.requireNonNull(name, "name of a durable counter");
        if (life.state() != StreamingContextState.INITIALIZED && !counters.containsKey(name)) {
            throw new IllegalStateException("the durable counter '" + name
                    + "' cannot be added after the context was started; make it before start()");
        }
        return counters.computeIfAbsent(name, DurableCounter::new);
    }

    /** Where checkpoints belong; empty if none are wanted. */
    public Optional<String> checkpointDirectory() {
        return Optional.ofNullable(checkpointDirectory);
    }

    /**
     * Let the datasets of each batch stay readable for that long after the batch's time, at least; their memory is held as long.
     *
     * @throws IllegalArgumentException if this was set before, or is no positive time
     * @throws IllegalStateException if the context was started
     */
    public void remember(Duration duration) {
        if (duration == null || duration.milliseconds() < 1) {
            throw new IllegalArgumentException("remember(" + duration + "): give 1 ms or more");
        }
        if (remember != null) {
            throw new IllegalArgumentException("remember(" + duration + "): the remember duration is already set, to "
                    + remember + "; call it once");
        }
        life.checkDefining("a remember duration");
        remember = duration;
    }

    /** Let a listener be told what happens from now on; before the start or later. */
    public void addStreamingListener(StreamingListener listener) {
        listeners.add(Objects.requireNonNull(listener, "addStreamingListener(null)"));
    }

    /** Tell that listener no more; unknown ones change nothing. */
    public void removeStreamingListener(StreamingListener listener) {
        listeners.remove(listener);
    }

    /** The plan as defined so far, for printing and inspection. */
    public Plan plan() {
        return plan.build();
    }

    /**
     * How the plan as defined so far would be run: its stages and the exchanges between them, and of each operator whether it
     * runs in a lane, row by row, or over objects alone.
     */
    public String explain() {
        return context.running().explain(plan.build());
    }

    /** Lines of UTF-8 text from a TCP server; reconnects for ever (guide, "Basic Sources"). */
    public ReceiverInputDStream<String> socketTextStream(String host, int port) {
        return sources.received(new SocketTextSpec(host, port, StorageLevel.MEMORY_AND_DISK_SER_2));
    }

    /**
     * Lines of UTF-8 text from a TCP server, ended by LF, CR LF or CR.
     *
     * @param level accepted as it is in Spark, and without effect: blocks are always off the Java heap, in one copy
     */
    public ReceiverInputDStream<String> socketTextStream(String host, int port, StorageLevel level) {
        return sources.receivedAt(level, new SocketTextSpec(host, port, level));
    }

    /**
     * What {@code converter} makes of the bytes that a TCP server sends. It is called once per connection, on a thread that may wait
     * for bytes, and its records are taken one by one, within the receivers' rate limit. When they end, or fail, the
     * connection is made anew after the usual pause.
     *
     * @param level as for {@link #receiverStream(Receiver)}
     */
    public <T> ReceiverInputDStream<T> socketStream(
            String host, int port, Function<InputStream, Iterable<T>> converter, StorageLevel level) {
        return sources.receivedAt(level, new SocketConverterSpec(host, port, converter, level));
    }

    /** As {@link #rawSocketStream(String, int, StorageLevel)}. */
    public <T> ReceiverInputDStream<T> rawSocketStream(String host, int port) {
        return rawSocketStream(host, port, StorageLevel.MEMORY_AND_DISK_SER_2);
    }

    /**
     * Whole blocks from a TCP server: 4 bytes, big-endian, say how long the next one is; then it comes, in the format of
     * {@code offheap/docs/block-format.md}. Nothing is decoded on the way, so this is the fastest way in. A block longer than
     * {@code millrace.maxRecordBytes}, or damaged, is reported and counted, nothing of it is taken, and the connection is made
     * anew.
     *
     * @param level accepted as it is in Spark, and without effect: blocks are always off the Java heap, in one copy
     */
    public <T> ReceiverInputDStream<T> rawSocketStream(String host, int port, StorageLevel level) {
        return sources.receivedAt(level, new RawSocketSpec(host, port, level));
    }

    /**
     * The lines of the text files that appear in a directory, or in each directory of a glob; LF, CR LF or CR end a line. A file
     * must appear there whole, by being moved or renamed. See {@link #fileStream(String, Function,
     * Function, boolean)} for which files are read.
     */
    public InputDStream<String> textFileStream(String directory) {
        return sources.files(directory, new FileContent.Lines(), null, true);
    }

    /**
     * The records of the files that appear in a directory, each {@code recordLength} bytes long. A file whose length is no multiple of
     * that fails its batch with an {@link IllegalArgumentException}.
     */
    public InputDStream<byte[]> binaryRecordsStream(String directory, int recordLength) {
        return sources.files(directory, new FileContent.FixedLength(recordLength), null, true);
    }

    /** As the form with all arguments, for new files whose names do not begin with a dot. */
    public <T> InputDStream<T> fileStream(String directory, Function<Path, Iterator<T>> reader) {
        return fileStream(directory, reader, null, true);
    }

    /**
     * What {@code reader} makes of each file that appears in a directory, or in each directory of a glob.
     *
     * <p>A file belongs to the first batch whose time is not before its modification time, and is read once, however late it comes and however
     * old it is; another file in its place is read, too. A file that only grows or is touched after it was read is not read
     * again, as in Spark. Spark's own rule, which forgets files and overlooks old ones, is {@code
     * millrace.streaming.fileStream.selection=window}.
     *
     * @param directory a directory, or a glob of directories such as {@code /data/2024-*}
     * @param reader opens a file; an iterator that is {@link AutoCloseable} is closed. Called again when the file's records are
     *     needed again
     * @param filter which files count; null for those whose names do not begin with a dot and do not end with
     *     {@code ._COPYING_}
     * @param newFilesOnly whether files that are there already do not count
     */
    public <T> InputDStream<T> fileStream(
            String directory,
            Function<Path, Iterator<T>> reader,
            Function<Path, Boolean> filter,
            boolean newFilesOnly) {
        return sources.files(directory, new FileContent.Read(reader), filter, newFilesOnly);
    }

    /**
     * What a receiver of the user's stores; the type of its records is observed.
     *
     * <p>Numbers, texts and bytes are held off the heap until their batch, whatever the receiver's storage level. Other
     * objects are held as they are, up to {@code millrace.receiver.maxHeldRecords}; at a serialized level ({@code …_SER},
     * {@code OFF_HEAP}) as bytes off the heap, if their class is registered by {@link MillraceConf#registerKryoClasses}, and
     * else as they are, which is said once; at {@code DISK_ONLY} as bytes, and what cannot be is refused when it is stored.
     * Nothing goes to disk yet, at any level: where memory is full, the receiver is slowed.
     */
    public <T> ReceiverInputDStream<T> receiverStream(Receiver<T> receiver) {
        return sources.stored(new ReceiverSpec(receiver));
    }

    /**
     * What a receiver of the user's stores, said to be of one class. The class is shown by {@link #plan()}, and {@link
     * #start()} refuses one that could not be held at the receiver's storage level. Otherwise it tells readers: records are
     * stored by the class each has, and are not compared with it.
     */
    public <T> ReceiverInputDStream<T> receiverStream(Receiver<T> receiver, Class<T> records) {
        Objects.requireNonNull(records, "receiverStream: the class of the records");
        return sources.stored(new ReceiverSpec(receiver, records));
    }

    /**
     * A stream that the embedding process feeds by {@link PushInputDStream#offer}; it takes records of that class
     * alone.
     */
    public <T> PushInputDStream<T> pushStream(Class<T> records) {
        return sources.pushed(records);
    }

    /**
     * One RDD of the queue per batch, an empty batch when there is none. What is added later is seen.
     *
     * <p>A null in a queue that takes it, such as a {@code LinkedList}, is a batch without a dataset: outputs that read this
     * stream alone do not run, and {@code union}, {@code transform} and the joins report that an input of theirs has none.
     */
    public <T> InputDStream<T> queueStream(Queue<RDD<T>> queue) {
        return queueStream(queue, true);
    }

    /** One RDD per batch, or all that wait as one batch. */
    public <T> InputDStream<T> queueStream(Queue<RDD<T>> queue, boolean oneAtATime) {
        return sources.input(new QueueSpec(queue, oneAtATime, null));
    }

    /** One RDD per batch, or all that wait as one batch; an empty queue gives {@code defaultRDD}. */
    public <T> InputDStream<T> queueStream(Queue<RDD<T>> queue, boolean oneAtATime, RDD<T> defaultRDD) {
        Objects.requireNonNull(defaultRDD, "defaultRDD");
        return sources.input(new QueueSpec(queue, oneAtATime, defaultRDD));
    }

    /**
     * The records of all streams, in the order of the arguments.
     *
     * @throws IllegalArgumentException if there is no stream, or one of another context
     */
    @SafeVarargs
    public final <T> DStream<T> union(DStream<T>... streams) {
        List<DStream<T>> all = new ArrayList<>();
        for (DStream<T> stream : streams) {
            all.add(stream);
        }
        return new DStream<>(this, unionOf(all));
    }

    /** The keyed records of all streams, in the order of the arguments. */
    @SafeVarargs
    public final <K, V> PairDStream<K, V> union(PairDStream<K, V>... streams) {
        List<PairDStream<K, V>> all = new ArrayList<>();
        for (PairDStream<K, V> stream : streams) {
            all.add(stream);
        }
        return new PairDStream<>(this, unionOf(all));
    }

    /** The records of all streams, the first one's first. */
    public <T> DStream<T> union(DStream<T> first, List<? extends DStream<T>> rest) {
        return new DStream<>(this, unionOf(firstAndRest(first, rest)));
    }

    /** The keyed records of all streams, the first one's first. */
    public <K, V> PairDStream<K, V> union(PairDStream<K, V> first, List<? extends PairDStream<K, V>> rest) {
        return new PairDStream<>(this, unionOf(firstAndRest(first, rest)));
    }

    private static <S> List<S> firstAndRest(S first, List<? extends S> rest) {
        List<S> all = new ArrayList<>();
        all.add(first);
        all.addAll(rest);
        return all;
    }

    private OperatorId unionOf(List<? extends DStreamLike<?, ?, ?>> streams) {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("union of no streams; give one at least");
        }
        checkInputs("union", streams);
        List<OperatorId> ids = streams.stream().<OperatorId>map(DStreamLike::id).toList();
        return add("union", node -> new PlanNode.Union(node, ids));
    }

    void checkInputs(String kind, List<? extends DStreamLike<?, ?, ?>> streams) {
        for (DStreamLike<?, ?, ?> stream : streams) {
            Objects.requireNonNull(stream, () -> kind + ": a stream is null; give streams of this context only");
            if (stream.context() != this) {
                throw new IllegalArgumentException(kind + ": '" + stream.id()
                        + "' belongs to another context; make all streams in one StreamingContext");
            }
            streams.get(0).checkSameSlide(kind, stream);
        }
    }

    /**
     * A function over the datasets of several streams, called once per batch on the job thread, before the outputs; the
     * datasets come in the order of the list. Keyed streams are passed by {@link PairDStream#toJavaDStream()}.
     */
    public <T> DStream<T> transform(List<DStream<?>> streams, Function2<List<RDD<?>>, Time, RDD<T>> function) {
        return Transforms.many("transform", this, streams, false, function);
    }

    /** As {@link #transform}, with a keyed result. */
    public <K, V> PairDStream<K, V> transformToPair(
            List<DStream<?>> streams, Function2<List<RDD<?>>, Time, PairRDD<K, V>> function) {
        return Transforms.many("transformToPair", this, streams, true, function);
    }

    /**
     * What {@code updateStateByKey} or {@code reduceByKeyAndWindow} remembers, to be read while the context runs.
     *
     * @throws IllegalArgumentException if the stream is of another kind; when it is read, if no output reads it
     * @throws MillraceException when it is read, if the context was not started
     */
    @SuppressWarnings("unchecked") // the operator's keys and states are of the stream's types
    public <K, S> StateView<K, S> stateOf(PairDStream<K, S> stream) {
        return (StateView<K, S>) stateView(stream);
    }

    /** What {@code mapWithState} remembers; otherwise as {@link #stateOf(PairDStream)}. */
    @SuppressWarnings("unchecked") // as above
    public <K, S> StateView<K, S> stateOf(MapWithStateDStream<K, ?, S, ?> stream) {
        return (StateView<K, S>) stateView(stream);
    }

    private StateView<?, ?> stateView(DStreamLike<?, ?, ?> stream) {
        checkInputs("stateOf", List.of(stream));
        PlanNode node = planBuilder().build().node(stream.id());
        if (!remembersByKey(node)) {
            throw new IllegalArgumentException(
                    "stateOf('" + stream.id() + "'): this stream remembers nothing by key; give the one"
                            + " that updateStateByKey, mapWithState, reduceByKeyAndWindow or countByValueAndWindow made");
        }
        return new RunningState(stream.id(), life::run);
    }

    private static boolean remembersByKey(PlanNode node) {
        return node instanceof PlanNode.StateUpdate
                || node instanceof PlanNode.StateMap
                || node instanceof PlanNode.WindowAggregate;
    }

    List<RDDLike<?>> datasets(OperatorId operator, boolean pairs, Time from, Time to) {
        StreamingRun running = life.run();
        if (running == null) {
            throw new MillraceException(
                    "'" + operator + "' has not been initialized: its datasets can be asked for after" + " start()");
        }
        return running.datasets(operator, pairs, from.floor(batch), to.floor(batch));
    }

    /**
     * Start the sources, then a batch every interval, on a grid aligned to the epoch. Calling it on a running context
     * only warns. A start that fails leaves the context stopped, except while another context is active.
     *
     * @throws IllegalStateException if the context was stopped before, or another one is active
     * @throws IllegalArgumentException if no output was defined
     * @throws PlanException if the backend cannot run the plan; names the operators
     * @throws DryRunException where {@code millrace.checkpoint.dryRun} names a checkpoint: nothing is run
     */
    public void start() {
        StackTraceElement startedAt = StartSite.ofProgram();
        life.start(startedAt, () -> startRun(startedAt));
    }

    private StreamingRun startRun(StackTraceElement startedAt) {
        Plan complete = plan.build();
        if (complete.outputs().isEmpty()) {
            throw new IllegalArgumentException("No output operations registered, so nothing to execute;"
                    + " call print() or foreachRDD(...) on a stream before start()");
        }
        String compared = dryRun();
        checkpointDirectory = compared.isEmpty() ? checkpointDirectory : compared;
        checkWriteAheadLog();
        checkStateDirectory(complete);
        CheckpointSpec kept = checkpointSpec(complete);
        Backend backend = context.running();
        List<String> unsupported = backend.unsupported(complete);
        if (!unsupported.isEmpty()) {
            throw new PlanException("the master '" + context.master() + "' cannot run " + unsupported);
        }
        Map<String, String> properties = context.propertiesOfStreamingJobs(startedAt);
        RunSpec spec = new RunSpec(complete, batch, remember, listeners, properties, kept);
        if (!compared.isEmpty()) {
            throw new DryRunException(backend.compare(context, spec));
        }
        StreamingRun run = backend.start(context, spec);
        sources.open(run);
        return run;
    }

    /** A program whose configuration leaves system properties out is not to run by mistake. */
    private String dryRun() {
        String inConf = context.conf(Settings.CHECKPOINT_DRY_RUN);
        return inConf.isEmpty() ? System.getProperty(Settings.CHECKPOINT_DRY_RUN.key(), "") : inConf;
    }

    private CheckpointSpec checkpointSpec(Plan complete) {
        StateChanges changed = changes.of(complete, context.conf(Settings.CHECKPOINT_DROP_STATE));
        if (checkpointDirectory == null) {
            return null;
        }
        CheckpointChanges.checkNames(complete, context.conf(Settings.CHECKPOINT_STRICT_IDS));
        return new CheckpointSpec(
                checkpointDirectory, recoverable != null, recoverable == Boolean.TRUE, changed, Map.copyOf(counters));
    }

    /**
     * This context was made by {@code getOrCreate}: it may go on with what is in the directory.
     *
     * @param isThere whether there is something
     * @throws IllegalArgumentException if the program keeps itself elsewhere
     */
    void recover(String directory, boolean isThere, boolean createOnError) {
        if (checkpointDirectory == null && isThere) {
            checkpointDirectory = directory;
        } else if (isThere && !checkpointDirectory.equals(directory)) {
            throw new IllegalArgumentException("getOrCreate found a checkpoint in '" + directory
                    + "', and the function made a context with checkpoint(\"" + checkpointDirectory
                    + "\"); give both the same directory");
        }
        recoverable = createOnError;
    }

    /** Where Spark refuses: state without a checkpoint directory is gone with the process. */
    private void checkStateDirectory(Plan complete) {
        List<OperatorId> stateful = complete.stateful();
        if (checkpointDirectory != null || stateful.isEmpty()) {
            return;
        }
        String key = Settings.REQUIRE_CHECKPOINT_FOR_STATE.key();
        if (context.conf(Settings.REQUIRE_CHECKPOINT_FOR_STATE)) {
            throw new IllegalArgumentException(
                    "the checkpoint directory has not been set, and " + stateful + " remember state; set it by"
                            + " StreamingContext.checkpoint(), or let state go with the process by " + key + "=false");
        }
        LOG.log(
                System.Logger.Level.INFO,
                "no checkpoint directory is set, so what " + stateful
                        + " remember goes with this process; call checkpoint(directory) to say where it is to be kept, or set "
                        + key + "=true to have this refused");
    }

    /** A program that counts on a log must not run without one. */
    private void checkWriteAheadLog() {
        if (checkpointDirectory == null && context.conf(Settings.RECEIVER_WRITE_AHEAD_LOG)) {
            throw new MillraceException("cannot enable the receiver write-ahead log ("
                    + Settings.RECEIVER_WRITE_AHEAD_LOG.key() + "=true) without a checkpoint directory; call"
                    + " checkpoint(directory) before start(), or set it to false");
        }
    }

    /**
     * Wait until the context is stopped, or until an error was reported; that error is thrown here, and the context
     * goes on running. With master {@code local[0]} this thread does all the work meanwhile.
     */
    public void awaitTermination() throws InterruptedException {
        life.await(-1);
    }

    /**
     * As {@link #awaitTermination()}, for at most {@code timeoutMs} milliseconds.
     *
     * @return true if the context was stopped in time
     */
    public boolean awaitTerminationOrTimeout(long timeoutMs) throws InterruptedException {
        return life.await(Math.max(0, timeoutMs));
    }

    /**
     * One duty cycle of sources, clock and batches on the calling thread, for master {@code local[0]}.
     *
     * @return how much was done; 0 means that the caller may idle
     * @throws IllegalStateException if the context is not running, or has threads of its own
     */
    public int doWork() {
        StreamingRun running = life.run();
        if (running == null) {
            throw new IllegalStateException("doWork() before start()");
        }
        return running.doWork();
    }

    /** Stop at once; the engine too, unless {@code millrace.streaming.stopContextByDefault} is false. */
    public void stop() {
        stop(context.conf(Settings.STOP_CONTEXT_BY_DEFAULT));
    }

    /** Stop at once, and the engine too if wanted. */
    public void stop(boolean stopContext) {
        stop(stopContext, false);
    }

    /**
     * Stop. Graceful: receivers end first, and what they received is processed before this returns, within
     * {@code millrace.streaming.gracefulStopTimeout}; another thread's stop at once cuts that short. While {@link #start()} is
     * under way this waits for it. On a context that does not run it only warns; the engine is stopped if this call says so.
     * {@link #stopReport} tells what was left behind.
     *
     * @throws IllegalStateException if called inside an output, which would wait for itself; the context runs on
     * @throws MillraceException if called inside a listener, for the same reason
     */
    public void stop(boolean stopContext, boolean gracefully) {
        life.stop(gracefully, true);
        if (stopContext) {
            context.stop();
        }
    }

    /** The same as {@link #stop()}, without a word if the context was stopped before. */
    @Override
    public void close() {
        life.stop(false, false);
        if (context.conf(Settings.STOP_CONTEXT_BY_DEFAULT)) {
            context.stop();
        }
    }

    /** What was left behind when the context ended: sources that did not end, batches and records dropped; empty before. */
    public Optional<StopReport> stopReport() {
        return life.stopReport();
    }

    OperatorId add(String kind, java.util.function.Function<OperatorId, PlanNode> node) {
        life.checkDefining("an input, transformation or output");
        return plan.add(kind, node);
    }

    /** An operator will remember something by key. */
    void prepareState(String operator) {
        life.checkDefining("a transformation");
        context.running().prepareState(operator);
    }

    long slideMs(OperatorId id) {
        return plan.slideMs(id, batch.milliseconds());
    }

    void checkDefining(String what) {
        life.checkDefining(what);
    }

    /**
     * What the run has counted since the start, readable from any thread; {@link InputDStream#counters} tells of one input.
     * {@code laneMisses}: columns that had to become objects because of a value that did not fit; {@code memoryRefusals}: how
     * often the off-heap cap said no; {@code memoryBytes} held off the heap now; {@code coalescedBatches}: late batches that
     * went into the next one; {@code skippedRecords}: records left out because a function threw on them; {@code droppedEvents}:
     * events that found no room before slow listeners. Empty before the start.
     */
    public Map<String, Long> counters() {
        StreamingRun running = life.run();
        return running == null ? Map.of() : running.counters();
    }

    Map<String, Long> counters(int streamId) {
        StreamingRun running = life.run();
        return running == null ? Map.of() : running.counters(streamId);
    }

    PlanBuilder planBuilder() {
        return plan;
    }
}
