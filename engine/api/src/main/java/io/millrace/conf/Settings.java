package io.millrace.conf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All settings of Millrace, each in one place: key, default, unit, range, meaning. A key that is not here is kept as it
 * is; one that begins with {@code millrace.} is remarked in the log, any other is the program's own.
 */
public final class Settings {

    /** The most partitions that a keyed result may have. */
    public static final int MAX_PARTITIONS = 65_536;

    /** Keys with this prefix name environment variables for the processes of a cluster; kept, and without effect. */
    public static final String EXECUTOR_ENV_PREFIX = "millrace.executorEnv.";

    private static final long MAX_MS = Integer.MAX_VALUE;
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    // What runs, and on how many threads

    public static final Setting<String> MASTER = Setting.text(
            "millrace.master",
            null,
            "local[n], local[*] or local[0]",
            "where the program runs, on how many worker threads");

    public static final Setting<String> APP_NAME =
            Setting.text("millrace.app.name", null, "any text", "the program's name");

    public static final Setting<String> APP_ID = Setting.text(
            "millrace.app.id", null, "any text", "the run's name among others; kept, and without effect here");

    public static final Setting<String> HOME = Setting.text(
            "millrace.home", null, "a path", "where a cluster has its installation; kept, and without effect here");

    public static final Setting<String> JARS = Setting.text(
            "millrace.jars", null, "paths, separated by commas", "jars for a cluster; kept, and without effect here");

    public static final Setting<Integer> DEFAULT_PARALLELISM = Setting.count(
            "millrace.default.parallelism",
            0,
            0,
            MAX_PARTITIONS,
            "partitions of a keyed result and of parallelize; 0 is one per worker thread");

    public static final Setting<Drive> DRIVE =
            Setting.choice("millrace.drive", Drive.THREADS, "whose threads run the batches");

    public static final Setting<Idle> IDLE =
            Setting.choice("millrace.idle", Idle.BLOCKING, "how the engine's threads wait for work");

    // Batches

    public static final Setting<LateBatches> LATE_BATCHES = Setting.choice(
            "millrace.streaming.lateBatches", LateBatches.RUN, "what happens to batches whose time has passed");

    public static final Setting<Integer> INLINE_ROWS = Setting.count(
            "millrace.inlineRows",
            4096,
            0,
            Integer.MAX_VALUE,
            "a batch of fewer rows runs on the thread that planned it; 0 hands every batch to the workers");

    public static final Setting<Lanes> LANES =
            Setting.choice("millrace.lanes", Lanes.SPECIALISED, "how records are held while a batch runs");

    public static final Setting<Integer> CONCURRENT_JOBS = Setting.one(
            "millrace.streaming.concurrentJobs",
            "1, and more is read as 1, because the outputs of a context run one after another and in order",
            "how many outputs run at the same time");

    // Receivers and blocks

    public static final Setting<Long> BLOCK_INTERVAL = Setting.timeMs(
            "millrace.streaming.blockInterval", 200, 1, MAX_MS, "how often a receiver's records are cut into a block");

    public static final Setting<Long> RECEIVER_RESTART_DELAY = Setting.timeMs(
            "millrace.streaming.receiverRestartDelay", 2000, 0, MAX_MS, "the pause before a receiver is started again");

    public static final Setting<Long> RECEIVER_MAX_RATE =
            Setting.rate("millrace.streaming.receiver.maxRate", "the most each receiver may store one by one");

    public static final Setting<Integer> RECEIVER_MAX_HELD_RECORDS = Setting.count(
            "millrace.receiver.maxHeldRecords",
            1_000_000,
            1,
            Integer.MAX_VALUE,
            "objects a receiver may hold by reference before it is slowed");

    public static final Setting<Long> MAX_RECORD_BYTES = Setting.bytes(
            "millrace.maxRecordBytes",
            16 * MIB,
            1,
            1024 * MIB,
            "the longest record that is stored; a longer one is counted, reported and left out");

    public static final Setting<Integer> RING_SLABS =
            Setting.powerOfTwo("millrace.ring.slabs", 128, 2, 65_536, "places in a receiver's ring, each for one slab");

    public static final Setting<Long> SLAB_BYTES =
            Setting.bytes("millrace.slabBytes", 64 * KIB, 4 * KIB, 64 * MIB, "the size of a slab, off the heap");

    public static final Setting<Long> MEMORY_MAX_BYTES = Setting.bytes(
            "millrace.memory.maxBytes",
            0,
            0,
            Long.MAX_VALUE,
            "the most memory taken off the heap before receivers are slowed; 0 is a quarter of the machine's");

    public static final Setting<Boolean> RECEIVER_WRITE_AHEAD_LOG = Setting.flag(
            "millrace.streaming.receiver.writeAheadLog.enable",
            false,
            "whether what receivers store is written to the checkpoint directory before a batch has it, so that it outlives the"
                    + " process");

    // What is remembered by key

    public static final Setting<StateStore> STATE_STORE = Setting.choice(
            "millrace.state.store",
            StateStore.CHRONICLE,
            "where keyed state is kept: in memory with Chronicle Map behind it, or in memory alone");

    public static final Setting<Long> STATE_RESIDENT_BYTES = Setting.bytes(
            "millrace.state.residentBytes",
            0,
            0,
            Long.MAX_VALUE,
            "memory for all keyed state together; 0 is half of memory.maxBytes");

    public static final Setting<Long> STATE_MAX_BYTES = Setting.bytes(
            "millrace.state.maxBytes",
            0,
            0,
            Long.MAX_VALUE,
            "disk for all keyed state together; 0 is as much as there is");

    public static final Setting<String> STATE_DIRECTORY = Setting.text(
            "millrace.state.directory",
            "",
            "a path",
            "where Chronicle Map has its files, gone after the run; empty for java.io.tmpdir");

    public static final Setting<Boolean> REQUIRE_CHECKPOINT_FOR_STATE = Setting.flag(
            "millrace.streaming.requireCheckpointForState",
            false,
            "whether start() refuses stateful operators without a checkpoint directory, as Spark does");

    // Files that are read

    public static final Setting<FileSelection> FILE_SELECTION = Setting.choice(
            "millrace.streaming.fileStream.selection",
            FileSelection.IDENTITY,
            "which files are new: those not seen before, or those modified in the last minRememberDuration");

    public static final Setting<Long> FILE_MIN_REMEMBER = Setting.timeMs(
            "millrace.streaming.fileStream.minRememberDuration",
            60_000,
            1,
            MAX_MS,
            "with selection=window: how old a file may be when it is found, rounded up to whole batches");

    public static final Setting<Boolean> FILE_RECURSIVE = Setting.flag(
            "millrace.streaming.fileStream.recursive", false, "whether file streams look into sub-directories too");

    public static final Setting<Long> FILE_PARTITION_BYTES = Setting.bytes(
            "millrace.files.maxPartitionBytes",
            8 * MIB,
            4 * KIB,
            1024 * MIB,
            "a file of lines or fixed-length records is read in partitions of at most this size");

    // Objects, and files that are written

    public static final Setting<String> KRYO_CLASSES = Setting.text(
            "millrace.kryo.classesToRegister",
            "",
            "class names with commas between them",
            "classes whose objects may be written to files and blocks, besides those of registerKryoClasses");

    public static final Setting<Boolean> SKIP_EMPTY_BATCHES = Setting.flag(
            "millrace.streaming.skipEmptyBatches",
            false,
            "whether saveAs… makes no directory for a batch without records");

    public static final Setting<Boolean> FORCE_FILES = Setting.flag(
            "millrace.output.force",
            true,
            "whether saveAs… forces its files to the disk before their directory gets its name");

    // Failures and listeners

    public static final Setting<FailurePolicy> FAILURE_POLICY = Setting.choice(
            "millrace.streaming.failurePolicy",
            FailurePolicy.CONTINUE,
            "what happens when a function or an output of the program throws: go on with the next output, stop the"
                    + " context, or leave the record out and count it");

    public static final Setting<Integer> LISTENER_QUEUE_CAPACITY = Setting.count(
            "millrace.listener.queueCapacity",
            10_000,
            1,
            1 << 24,
            "events that may wait for slow listeners; further ones are dropped and counted");

    // Checkpoints

    public static final Setting<String> CHECKPOINT_DIRECTORY = Setting.text(
            "millrace.streaming.checkpoint.directory",
            null,
            "a path",
            "calls checkpoint(directory) when a StreamingContext is made");

    public static final Setting<Durability> CHECKPOINT_DURABILITY = Setting.choice(
            "millrace.checkpoint.durability",
            Durability.FSYNC,
            "what a checkpoint outlives: a loss of power, or the end of the process alone, which costs less");

    public static final Setting<Long> CHECKPOINT_COMMIT_INTERVAL = Setting.timeMs(
            "millrace.checkpoint.commitInterval",
            0,
            0,
            Long.MAX_VALUE,
            "how much time passes at least between two commits; what batches between them did is certain at the next one; 0 is"
                    + " the batch interval, and at least 50ms");

    public static final Setting<Integer> CHECKPOINT_MAX_UNCOMMITTED_BATCHES = Setting.count(
            "millrace.checkpoint.maxUncommittedBatches",
            256,
            1,
            1 << 20,
            "how many batches may be run whose commit is not certain yet; the next one waits for the disk");

    public static final Setting<Long> CHECKPOINT_SNAPSHOT_BYTES = Setting.bytes(
            "millrace.checkpoint.snapshotBytes",
            64L << 20,
            1L << 10,
            1L << 40,
            "how long the log of batches grows before all state is written anew and the log begins again");

    public static final Setting<Long> CHECKPOINT_RECEIVED_SEGMENT_BYTES = Setting.bytes(
            "millrace.checkpoint.receivedSegmentBytes",
            64L << 20,
            1L << 16,
            1L << 30,
            "the size of the files of the write-ahead log; each is taken whole before it is used");

    public static final Setting<Long> CHECKPOINT_RESERVE_BYTES = Setting.bytes(
            "millrace.checkpoint.reserveBytes",
            64L << 20,
            0,
            1L << 40,
            "space that is taken in the checkpoint directory, to be given free when the disk is full");

    public static final Setting<MissedBatches> CHECKPOINT_MISSED_BATCHES = Setting.choice(
            "millrace.checkpoint.missedBatches",
            MissedBatches.REPLAY,
            "what becomes of the batches whose times have passed while no process ran: run each, one for all, or none");

    public static final Setting<Boolean> CHECKPOINT_STRICT_IDS = Setting.flag(
            "millrace.checkpoint.strictIds",
            false,
            "whether start() refuses operators that remember something and were not given a name, where there is a checkpoint"
                    + " directory");

    public static final Setting<String> CHECKPOINT_DROP_STATE = Setting.text(
            "millrace.checkpoint.dropState",
            "",
            "operator ids with commas between them",
            "calls dropState(id) for each: what operators remembered that the program no longer has is left behind");

    public static final Setting<String> CHECKPOINT_DRY_RUN = Setting.text(
            "millrace.checkpoint.dryRun",
            "",
            "a path, or nothing",
            "start() compares the program with the checkpoint in this directory, tells what would become of it, and runs nothing");

    // The life of a context

    public static final Setting<Boolean> ALLOW_MULTIPLE_CONTEXTS = Setting.flag(
            "millrace.streaming.allowMultipleContexts",
            false,
            "whether a StreamingContext may be started while others of the JVM are active");

    public static final Setting<Boolean> STOP_GRACEFULLY_ON_SHUTDOWN = Setting.flag(
            "millrace.streaming.stopGracefullyOnShutdown",
            false,
            "whether the context is stopped gracefully when the JVM is told to end; registers a shutdown hook");

    public static final Setting<Long> GRACEFUL_STOP_TIMEOUT = Setting.timeMs(
            "millrace.streaming.gracefulStopTimeout",
            0,
            0,
            Long.MAX_VALUE,
            "how long a graceful stop waits for sources to end, and again for what they gave to be worked off;"
                    + " 0 is ten batch intervals and at least 10s, for each");

    public static final Setting<Boolean> STOP_CONTEXT_BY_DEFAULT = Setting.flag(
            "millrace.streaming.stopContextByDefault", true, "whether stop() ends the MillraceContext too");

    private static final List<SettingGroup> GROUPS = List.of(
            SettingGroup.of(
                    "What runs, and on how many threads",
                    MASTER,
                    APP_NAME,
                    APP_ID,
                    HOME,
                    JARS,
                    DEFAULT_PARALLELISM,
                    DRIVE,
                    IDLE),
            SettingGroup.of("Batches", LATE_BATCHES, INLINE_ROWS, LANES, CONCURRENT_JOBS),
            SettingGroup.of(
                    "Receivers and blocks",
                    BLOCK_INTERVAL,
                    RECEIVER_RESTART_DELAY,
                    RECEIVER_MAX_RATE,
                    RECEIVER_MAX_HELD_RECORDS,
                    MAX_RECORD_BYTES,
                    RING_SLABS,
                    SLAB_BYTES,
                    MEMORY_MAX_BYTES,
                    RECEIVER_WRITE_AHEAD_LOG),
            SettingGroup.of(
                    "What is remembered by key",
                    STATE_STORE,
                    STATE_RESIDENT_BYTES,
                    STATE_MAX_BYTES,
                    STATE_DIRECTORY,
                    REQUIRE_CHECKPOINT_FOR_STATE),
            SettingGroup.of(
                    "Files that are read", FILE_SELECTION, FILE_MIN_REMEMBER, FILE_RECURSIVE, FILE_PARTITION_BYTES),
            SettingGroup.of("Objects, and files that are written", KRYO_CLASSES, SKIP_EMPTY_BATCHES, FORCE_FILES),
            SettingGroup.of("Failures and listeners", FAILURE_POLICY, LISTENER_QUEUE_CAPACITY),
            SettingGroup.of(
                    "Checkpoints",
                    CHECKPOINT_DIRECTORY,
                    CHECKPOINT_DURABILITY,
                    CHECKPOINT_COMMIT_INTERVAL,
                    CHECKPOINT_MAX_UNCOMMITTED_BATCHES,
                    CHECKPOINT_SNAPSHOT_BYTES,
                    CHECKPOINT_RECEIVED_SEGMENT_BYTES,
                    CHECKPOINT_RESERVE_BYTES,
                    CHECKPOINT_MISSED_BATCHES,
                    CHECKPOINT_STRICT_IDS,
                    CHECKPOINT_DROP_STATE,
                    CHECKPOINT_DRY_RUN),
            SettingGroup.of(
                    "The life of a context",
                    ALLOW_MULTIPLE_CONTEXTS,
                    STOP_GRACEFULLY_ON_SHUTDOWN,
                    GRACEFUL_STOP_TIMEOUT,
                    STOP_CONTEXT_BY_DEFAULT));

    private static final List<Setting<?>> ALL =
            GROUPS.stream().flatMap(group -> group.settings().stream()).toList();

    private static final Map<String, Setting<?>> BY_KEY =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::key, Function.identity()));

    private Settings() {}

    /** Returns all settings by what they concern; groups and settings in the order of this file. */
    public static List<SettingGroup> groups() {
        return GROUPS;
    }

    /** Returns all settings, in the order of this file. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /** Returns the setting of that key; empty for a key that is none of Millrace's. */
    public static Optional<Setting<?>> of(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /** Returns the setting that someone who wrote {@code key} may have meant; empty if none is like it. */
    public static Optional<Setting<?>> nearest(String key) {
        return KeyGuess.nearest(key, ALL);
    }
}
