package io.millrace.engine;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.conf.Drive;
import io.millrace.conf.FailurePolicy;
import io.millrace.conf.Idle;
import io.millrace.conf.Lanes;
import io.millrace.conf.LateBatches;
import io.millrace.conf.Settings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine itself needs to know.
 *
 * @param workers core workers; 0 only when {@code callerDriven}
 * @param defaultPartitions of exchanges and of {@code parallelize}
 * @param inlineRows below so many rows the thread that plans the work does it
 * @param specialised whether lanes and recognised functions are used
 * @param spinning whether threads without work spin
 * @param callerDriven whether {@code doWork} runs conductor and outputs
 * @param coalesceLateBatches whether batches whose time has passed go into one
 * @param gracefulStopTimeoutMs for each wait of a graceful stop; 0 for the default of 10 batches, at least 10 s
 * @param failurePolicy what happens when the program's code throws
 * @param listenerQueueCapacity how many events may wait for listeners
 */
public record EngineConfig(
        int workers,
        int defaultPartitions,
        long inlineRows,
        boolean specialised,
        boolean spinning,
        boolean callerDriven,
        boolean coalesceLateBatches,
        long gracefulStopTimeoutMs,
        FailurePolicy failurePolicy,
        int listenerQueueCapacity) {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[\\s*(\\*|\\d+)\\s*(?:,\\s*\\d+\\s*)?])?");
    private static final int MAX_WORKERS = 1024;

    /** @throws IllegalArgumentException if there would be nobody to work, or a number is out of its range */
    public EngineConfig {
        if (workers < 0 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException(workers + " workers; give 0 to " + MAX_WORKERS);
        }
        if (workers == 0 && !callerDriven) {
            throw new IllegalArgumentException(
                    "no workers and no caller that drives; give local[1] or more, or local[0]");
        }
        if (defaultPartitions < 1) {
            throw new IllegalArgumentException(defaultPartitions + " default partitions; give 1 or more");
        }
    }

    /** Whether a master text is one of ours: {@code local}, {@code local[n]}, {@code local[*]}. */
    public static boolean isLocal(String master) {
        return LOCAL.matcher(master).matches();
    }

    /**
     * The engine's part of a configuration.
     *
     * @throws MillraceException if the master's number of threads is out of range
     */
    public static EngineConfig of(MillraceConf conf) {
        int workers = workersOf(conf.get(Settings.MASTER));
        int partitions = conf.get(Settings.DEFAULT_PARALLELISM);
        return new EngineConfig(
                workers,
                partitions > 0 ? partitions : Math.max(1, workers),
                conf.get(Settings.INLINE_ROWS),
                conf.get(Settings.LANES) == Lanes.SPECIALISED,
                conf.get(Settings.IDLE) == Idle.SPINNING,
                workers == 0 || conf.get(Settings.DRIVE) == Drive.CALLER,
                conf.get(Settings.LATE_BATCHES) == LateBatches.COALESCE,
                conf.get(Settings.GRACEFUL_STOP_TIMEOUT),
                conf.get(Settings.FAILURE_POLICY),
                conf.get(Settings.LISTENER_QUEUE_CAPACITY));
    }

    private static int workersOf(String master) {
        Matcher matcher = LOCAL.matcher(master);
        if (!matcher.matches()) {
            throw new MillraceException("master '" + master + "' is not local; give local[n], local[*] or local[0]");
        }
        String count = matcher.group(1);
        if (count == null) {
            return 1;
        }
        if (count.equals("*")) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (count.length() > 4 || Integer.parseInt(count) > MAX_WORKERS) {
            throw new MillraceException(
                    "master '" + master + "' asks for " + count + " threads; give at most " + MAX_WORKERS);
        }
        return Integer.parseInt(count);
    }
}
