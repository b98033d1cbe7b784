package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.journal.FrameVisitor;
import io.millrace.checkpoint.journal.JournalPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** What the batch log says, read from the manifest's start on. Owner: the starting thread. */
final class LogHistory implements FrameVisitor {
    private final TreeMap<Long, LogFrame.Planned> planned = new TreeMap<>();
    private final TreeMap<Long, List<String>> staged = new TreeMap<>();
    private final List<LogFrame.Planned> committedPlans = new ArrayList<>();
    private final List<Change> committed = new ArrayList<>();
    private final List<Change> uncommitted = new ArrayList<>();
    private Counters.Values counted;
    private Map<String, Long> counters = Map.of();
    private SavedClasses classes = new SavedClasses();
    private long committedMs;
    private LogFrame.Planned last;

    /** What was changed, and the classes of the objects in it. */
    record Change(LogFrame.State state, SavedClasses classes) {}

    /** @param committedMs the time of the batch up to which all is in the manifest's files; 0 if there is none */
    LogHistory(long committedMs) {
        this.committedMs = committedMs;
    }

    @Override
    public void frame(int type, int version, JournalPosition position, DirectBuffer payload) {
        switch (type) {
            case LogFrame.PLAN -> {
                LogFrame.Planned plan = LogFrame.Planned.read(payload);
                last = last == null || plan.timeMs() > last.timeMs()
                        ? plan
                        : last; // one may be written again behind later ones
                if (plan.timeMs() > committedMs) {
                    planned.put(plan.timeMs(), plan);
                }
            }
            case LogFrame.STATE -> uncommitted.add(new Change(LogFrame.State.read(payload), classes));
            case LogFrame.COMMIT -> commit(new FrameReader(payload).readLong());
            case LogFrame.CLASSES -> classes = SavedClasses.read(classes, new FrameReader(payload));
            case LogFrame.STAGED -> {
                FrameReader from = new FrameReader(payload);
                staged.computeIfAbsent(from.readLong(), time -> new ArrayList<>())
                        .add(from.readText());
            }
            case LogFrame.PUBLISHED -> staged.remove(new FrameReader(payload).readLong());
            case LogFrame.COUNTERS -> {
                counted = Counters.Values.read(payload);
                count();
            }
            case LogFrame.RESUME -> {
                counted = null;
                uncommitted.clear();
                staged.tailMap(committedMs, false).clear();
                classes = new SavedClasses();
            }
            default ->
                throw new IllegalStateException("the batch log has a frame of type " + type + " at " + position
                        + ": it was written by a newer release of Millrace; go on with that one");
        }
    }

    private void count() {
        if (counted != null && counted.timeMs() <= committedMs) {
            counters = counted.byName();
        }
    }

    private void commit(long timeMs) {
        committedMs = Math.max(committedMs, timeMs);
        count();
        List<Change> later = new ArrayList<>();
        for (Change change : uncommitted) {
            (change.state().timeMs() <= timeMs ? committed : later).add(change);
        }
        uncommitted.clear();
        uncommitted.addAll(later);
        while (!planned.isEmpty() && planned.firstKey() <= timeMs) {
            committedPlans.add(planned.pollFirstEntry().getValue());
        }
    }

    /** What committed batches have changed, in order. */
    List<Change> changes() {
        return committed;
    }

    /** Committed batches whose plan is in the log, in order. */
    List<LogFrame.Planned> committedPlans() {
        return committedPlans;
    }

    /** Both. */
    List<LogFrame.Planned> allPlans() {
        List<LogFrame.Planned> all = new ArrayList<>(committedPlans);
        all.addAll(planned.values());
        return all;
    }

    /** Batches that were planned and are not committed, in order. */
    List<LogFrame.Planned> pending() {
        return List.copyOf(planned.values());
    }

    /** What outputs wrote that is not known to be published, by batch time: it is to be if that is committed, and else discarded. */
    SortedMap<Long, List<String>> staged() {
        return staged;
    }

    /** Values of counters after the last committed batch. */
    Map<String, Long> counters() {
        return counters;
    }

    /** The time of the last committed batch, 0 if there is none. */
    long committedMs() {
        return committedMs;
    }

    /** The latest plan, null if there is none. */
    LogFrame.Planned last() {
        return last;
    }
}
