package io.millrace.testkit.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hears what outputs are given, and judges it after each life. */
final class Oracle implements GameProgram.Outputs {
    private final GameProgram program;
    private final Sender sender;
    private final long batchMs;
    private final boolean isReplayed;
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

    /** @param isReplayed whether a batch that is run again has the same input */
    Oracle(GameProgram program, Sender sender, long batchMs, boolean isReplayed) {
        this.program = program;
        this.sender = sender;
        this.batchMs = batchMs;
        this.isReplayed = isReplayed;
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
    }

    @Override
    public void branch(int number, long timeMs, List<String> texts) {
        seen.get(number).put(timeMs, texts);
    }

    /** The time at which batches are run from now on. */
    void now(long timeMs) {
        nowMs = timeMs;
    }

    /** The records in the program as this life has told last; null if it has not. */
    Map<Integer, Long> ledger() {
        return ledger;
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
        records();
        branches(isWhole);
        lastMs = Math.max(lastMs, ranAt.lastKey());
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
        require(lastMs < 0 || expected <= lastMs + batchMs, "no batch between " + lastMs + " and " + expected);
        for (long timeMs : ranAt.keySet()) {
            require(timeMs == expected, "batch " + expected + " is left out, " + timeMs + " was run");
            expected += batchMs;
        }
    }

    private void records() {
        certain.forEach((id, timeMs) -> require(
                timeMs.equals(ledger.get(id)),
                "record " + id + " of batch " + timeMs + " was certain, and is " + ledger.get(id)));
        ledger.forEach((id, timeMs) -> {
            require(timeMs != GameProgram.TWICE, "record " + id + " was counted twice");
            require(sender.parcel(id) != null, "record " + id + " was never sent");
            require(timeMs > zeroMs && timeMs <= ranAt.lastKey(), "record " + id + " is in batch " + timeMs);
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
                        !isReplayed || earlier == null || earlier.equals(texts),
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
        for (int batch = numberOf(ranAt.lastKey()); batch > 0; batch--) {
            batches.add(new ArrayList<>());
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
