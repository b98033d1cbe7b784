package io.millrace.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the points that are reached, and does something when one of them is reached for the n-th time. */
final class ArmedWatch implements Watch {
    /** What is done there. */
    @FunctionalInterface
    interface Deed {
        void at(Point point) throws IOException;
    }

    private final PointCounts counts;
    private final Point armed;
    private final Deed deed;
    private final AtomicLong left;
    private volatile boolean isOpening = true;

    /**
     * @param armed null for none
     * @param occurrence from 1
     */
    ArmedWatch(PointCounts counts, Point armed, long occurrence, Deed deed) {
        this.counts = counts;
        this.armed = armed;
        this.left = new AtomicLong(occurrence);
        this.deed = deed;
    }

    /** The engine has started. */
    void opened() {
        isOpening = false;
    }

    /** Whether the armed point was reached often enough. */
    boolean hasFired() {
        return left.get() <= 0;
    }

    @Override
    public void at(Act act, Moment moment, String name) throws IOException {
        if (moment != Moment.MID) {
            at(Area.of(name), act, moment);
        } else {
            deed.at(point(Area.of(name), act, moment)); // counted when it was looked whether there is one
        }
    }

    /** In a function of the program. */
    void reach(Area area, Moment moment) {
        try {
            at(area, Act.RUN, moment);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void at(Area area, Act act, Moment moment) throws IOException {
        Point point = point(area, act, moment);
        if (reaches(point)) {
            deed.at(point);
        }
    }

    @Override
    public long first(Act act, String name, long bytes) {
        return reaches(point(Area.of(name), act, Moment.MID)) ? bytes / 2 : bytes;
    }

    private boolean reaches(Point point) {
        counts.count(point);
        return point.equals(armed) && left.decrementAndGet() == 0;
    }

    private Point point(Area area, Act act, Moment moment) {
        return new Point(isOpening, area, act, moment);
    }
}
