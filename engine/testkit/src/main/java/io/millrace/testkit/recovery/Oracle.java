package io.millrace.testkit.recovery;

import io.millrace.api.Delivery;
import io.millrace.api.DurableCounter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Published published;
    /** What each output was given for a batch, by any process. */
    private final List<Map<Long, List<String>>> before = new ArrayList<>();

    private final List<TreeMap<Long, List<String>>> seen = new ArrayList<>();
    private final TreeMap<Long, Long> ranAt = new TreeMap<>();
    /** What the output that waits for nothing was given by this process. */
    private final Map<Long, List<Integer>> eager = new TreeMap<>();
    /** The batches that an output was run for, by any process. */
    private final Set<Long> everRan = new HashSet<>();

    private final List<String> complaints = new ArrayList<>();
    private DurableCounter counter;
    private long countedBefore;
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
    private boolean replaysMissed;
    /** Batches up to then may have been left out. */
    private long mayBeMissedMs = -1;

    private long trace;

    /** @param published what is saved; null if nothing is */
    Oracle(GameProgram program, Sender sender, long batchMs, Feed feed, Published published) {
        this.published = published;
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
    public void counter(DurableCounter ofThisLife) {
        counter = ofThisLife;
    }

    @Override
    public void eager(long timeMs, List<Integer> ids) {
        eager.put(timeMs, ids.stream().sorted().toList());
    }

    @Override
    public void ledger(Delivery delivery, Map<Integer, Long> timeOfRecord) {
        long timeMs = delivery.batchTime().milliseconds();
        deliveries(delivery, timeMs);
        if (counter.value() != timeOfRecord.size()) {
            complaints.add("batch " + timeMs + " has counted " + counter.value() + " records, and "
                    + timeOfRecord.size() + " are in the program");
        }
        if (zeroMs < 0) { // a run may have rested before its first batch
            zeroMs = delivery.isReplay() ? timeMs - batchMs : startedMs / batchMs * batchMs;
        }
        ledger = timeOfRecord;
        ranAt.put(timeMs, nowMs);
        trace = 31 * trace + timeMs + 7L * timeOfRecord.hashCode();
    }

    private void deliveries(Delivery delivery, long timeMs) {
        boolean isNew = everRan.add(timeMs);
        if (!isNew && !delivery.isReplay()) {
            complaints.add(delivery + " is no replay, and its output was run before");
        }
        if (delivery.isReplay() && timeMs > startedMs + batchMs) {
            complaints.add(delivery + " is a replay, and nobody can have planned it before " + startedMs);
        }
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
     * @param replaysAllMissed whether it has to run the batches that were missed until now
     */
    void started(long timeMs, boolean replaysAllMissed) {
        replaysMissed = replaysAllMissed;
        complaints.clear();
        eager.clear();
        if (published != null) {
            published.started();
        }
        nowMs = timeMs;
        startedMs = timeMs;
        keptBefore = sender.kept();
        mayMiss();
    }

    /** It has recovered, and runs the first batch next. */
    void recovered() {
        countedBefore = counter.value();
    }

    /** No batch may be run now, and those that are due may be left out. */
    void mayMiss() {
        if (!replaysMissed) {
            mayBeMissedMs = nowMs;
        }
    }

    /** The last batch that was run by this process; -1 if none was. */
    long lastRanMs() {
        return ranAt.isEmpty() ? -1 : ranAt.lastKey();
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
    void judge(boolean isWhole) throws IOException {
        if (ledger == null) {
            return;
        }
        times();
        history.tailSet(ranAt.firstKey()).clear();
        history.addAll(ranAt.keySet());
        records();
        outputs();
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

    private void outputs() throws IOException {
        require(complaints.isEmpty(), String.join("\n", complaints));
        require(sender.complaints().isEmpty(), String.join("\n", sender.complaints()));
        long countable = ledger.values().stream()
                .filter(timeMs -> timeMs < ranAt.firstKey())
                .count();
        require(
                countable == countedBefore,
                "counted were " + countedBefore + " records before " + ranAt.firstKey() + ", and it had " + countable);
        Map<Long, List<Integer>> ids = idsOfBatches();
        if (program.isEager()) {
            ranAt.keySet()
                    .forEach(timeMs -> require(
                            ids.getOrDefault(timeMs, List.of()).equals(eager.get(timeMs)),
                            "the eager output of batch " + timeMs + " was given " + eager.get(timeMs) + " of "
                                    + ids.get(timeMs)));
        }
        if (published != null) {
            published.judge(ranAt.firstKey(), timeMs -> textsOf(ids, timeMs));
        }
    }

    private Map<Long, List<Integer>> idsOfBatches() {
        Map<Long, List<Integer>> ids = new HashMap<>();
        ledger.forEach((id, timeMs) ->
                ids.computeIfAbsent(timeMs, none -> new ArrayList<>()).add(id));
        return ids;
    }

    private List<String> textsOf(Map<Long, List<Integer>> ids, long timeMs) {
        return history.contains(timeMs)
                ? ids.getOrDefault(timeMs, List.of()).stream()
                        .map(String::valueOf)
                        .sorted()
                        .toList()
                : null;
    }

    /** All is over, and the last life in which a batch was run is about to be judged. */
    void judgePublished(boolean skipsEmptyBatches) throws IOException {
        if (published != null) {
            Set<Long> all = new TreeSet<>(history.headSet(ranAt.firstKey()));
            all.addAll(ranAt.keySet());
            Map<Long, List<Integer>> ids = idsOfBatches();
            history.addAll(all);
            published.judgeEnd(all, skipsEmptyBatches, timeMs -> textsOf(ids, timeMs));
        }
    }

    private void records() {
        certain.forEach((id, timeMs) -> require(
                timeMs.equals(ledger.get(id)),
                "record " + id + " of batch " + timeMs + " was certain, and is " + ledger.get(id)));
        if (!feed.isLogged() || hasNewBatch()) {
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
