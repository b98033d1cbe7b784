package io.millrace.testkit.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Hears what outputs are given, and judges it after each life. */
final class Oracle implements GameProgram.Outputs {
    private final GameProgram program;
    private final Sender sender;
    private final long batchMs;
    private final Feed feed;
    /** What each output was given for a batch, by any process. */
    private final List<Map<Long, List<String>>> before = new ArrayList<>();

    private final List<TreeMap<Long, List<String>>> seen = new ArrayList<>();
    private final TreeMap<Long, Long> ranAt = new TreeMap<>();
    private Map<Integer, Long> ledger;
    private Map<Integer, Long> certain = Map.of();
    private long nowMs;
    private long zeroMs = -1;
    private long lastMs = -1;
    private long certainMs = -1;
    private long certainBeforeMs = -1;
    private final TreeSet<Long> history = new TreeSet<>();
    private Set<Integer> keptBefore = Set.of();
    private long startedMs;
    /** Batches up to then may have been left out. */
    private long mayBeMissedMs = -1;

    private long trace;

    Oracle(GameProgram program, Sender sender, long batchMs, Feed feed) {
        this.program = program;
        this.sender = sender;
        this.batchMs = batchMs;
        this.feed = feed;
        program.branches().forEach(branch -> {
            before.add(new TreeMap<>());
            seen.add(new TreeMap<>());
        });
    }

    @Override
    public void ledger(long timeMs, Map<Integer, Long> timeOfRecord) {
        if (zeroMs < 0) {
            zeroMs = timeMs - batchMs;
        }
        ledger = timeOfRecord;
        ranAt.put(timeMs, nowMs);
        trace = 31 * trace + timeMs + 7L * timeOfRecord.hashCode();
    }

    @Override
    public void branch(int number, long timeMs, List<String> texts) {
        seen.get(number).put(timeMs, texts);
        trace = 31 * trace + texts.hashCode();
    }

    /** All that outputs were given so far, as one number. */
    long trace() {
        return trace;
    }

    /**
     * A process begins.
     *
     * @param replaysMissed whether it has to run the batches that were missed until now
     */
    void started(long timeMs, boolean replaysMissed) {
        nowMs = timeMs;
        startedMs = timeMs;
        keptBefore = sender.kept();
        if (!replaysMissed) {
            mayBeMissedMs = timeMs;
        }
    }

    /** The time at which batches are run from now on. */
    void now(long timeMs) {
        nowMs = timeMs;
    }

    /** The records in the program as this life has told last; null if it has not. */
    Map<Integer, Long> ledger() {
        return ledger;
    }

    /** The records that need not be sent again; null as long as others may turn up that the processes before have received. */
    Set<Integer> known() {
        return ledger == null || feed.isLogged() && !hasNewBatch() ? null : ledger.keySet();
    }

    private boolean hasNewBatch() {
        return ranAt.lastKey() > startedMs + batchMs; // the last of a graceful stop is ahead of its time
    }

    /** The engine is at rest: what was run no later than this is committed and forced. */
    void atRest(long ranUntilMs) {
        for (Map.Entry<Long, Long> batch : ranAt.entrySet()) {
            if (batch.getValue() <= ranUntilMs) {
                certainMs = Math.max(certainMs, batch.getKey());
            }
        }
    }

    int batches() {
        return ranAt.size();
    }

    /**
     * Judge a life, and forget it.
     *
     * @param isWhole whether its last batch was run to its end
     */
    void judge(boolean isWhole) {
        if (ledger == null) {
            return;
        }
        times();
        history.tailSet(ranAt.firstKey()).clear();
        history.addAll(ranAt.keySet());
        records();
        branches(isWhole);
        lastMs = Math.max(lastMs, ranAt.lastKey());
        keptBefore = Set.of();
        certain = new TreeMap<>(ledger);
        certain.values().removeIf(timeMs -> timeMs > certainMs);
        certainBeforeMs = certainMs;
        ledger = null;
        ranAt.clear();
    }

    private void times() {
        long expected = ranAt.firstKey();
        require(
                expected > certainBeforeMs,
                "batch " + expected + " is run again, and " + certainBeforeMs + " was certain");
        requireNoneMissing(lastMs, expected);
        for (long timeMs : ranAt.keySet()) {
            requireNoneMissing(expected - batchMs, timeMs);
            expected = timeMs + batchMs;
        }
    }

    private void requireNoneMissing(long beforeMs, long timeMs) {
        require(
                beforeMs < 0 || timeMs <= beforeMs + batchMs || timeMs - batchMs <= mayBeMissedMs,
                "no batch between " + beforeMs + " and " + timeMs);
    }

    private void records() {
        certain.forEach((id, timeMs) -> require(
                timeMs.equals(ledger.get(id)),
                "record " + id + " of batch " + timeMs + " was certain, and is " + ledger.get(id)));
        if (hasNewBatch()) {
            keptBefore.forEach(id -> require(ledger.containsKey(id), "record " + id + " was kept, and is not there"));
        }
        ledger.forEach((id, timeMs) -> {
            require(timeMs != GameProgram.TWICE, "record " + id + " was counted twice");
            require(sender.parcel(id) != null, "record " + id + " was never sent");
            require(history.contains(timeMs), "record " + id + " is in batch " + timeMs + ", which was not run");
        });
    }

    private void branches(boolean isWhole) {
        List<Map<Integer, List<String>>> expected = program.play(inputs());
        for (int number = 0; number < seen.size(); number++) {
            Branch branch = program.branches().get(number);
            for (long timeMs : ranAt.keySet()) {
                int batch = numberOf(timeMs);
                List<String> texts = seen.get(number).get(timeMs);
                List<String> right = expected.get(number).get(batch);
                boolean isMissingRightly = texts == null && (right == null || !isWhole && timeMs == ranAt.lastKey());
                require(
                        isMissingRightly || right != null && right.equals(texts),
                        branch.name() + ", batch " + batch + ":\n  expected " + right + "\n       was " + texts);
                List<String> earlier = texts == null ? null : before.get(number).put(timeMs, texts);
                require(
                        !feed.isReplayed() || earlier == null || earlier.equals(texts),
                        branch.name() + ", batch " + batch + " run again:\n  at first " + earlier + "\n       now "
                                + texts);
            }
            seen.get(number).clear();
        }
    }

    private int numberOf(long timeMs) {
        return (int) ((timeMs - zeroMs) / batchMs);
    }

    private List<List<Row>> inputs() {
        List<List<Row>> batches = new ArrayList<>();
        for (long timeMs = zeroMs + batchMs; timeMs <= ranAt.lastKey(); timeMs += batchMs) {
            batches.add(history.contains(timeMs) ? new ArrayList<>() : null);
        }
        ledger.forEach((id, timeMs) ->
                batches.get(numberOf(timeMs) - 1).addAll(sender.parcel(id).rows()));
        return batches;
    }

    @Override
    public String toString() {
        return ranAt.isEmpty() ? "" : ", ran " + ranAt.firstKey() + " to " + ranAt.lastKey();
    }

    static void require(boolean isSo, String otherwise) {
        if (!isSo) {
            throw new AssertionError(otherwise);
        }
    }
}
