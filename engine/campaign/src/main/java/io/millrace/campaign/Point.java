package io.millrace.campaign;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A place in the work of an engine where a process can be ended: {@code batch.force.before}, {@code open.manifest.read.after}.
 *
 * @param isOpening whether the engine has not started yet
 */
record Point(boolean isOpening, Area area, Act act, Moment moment) {
    private static final int MOMENTS = Moment.values().length;
    private static final int ACTS = Act.values().length;
    private static final int AREAS = Area.values().length;

    /** How many there can be; most of them are never reached. */
    static final int COUNT = 2 * AREAS * ACTS * MOMENTS;

    private static final List<Point> ALL =
            IntStream.range(0, COUNT).mapToObj(Point::at).toList();

    /** The one with a number. */
    static Point at(int index) {
        return new Point(
                index >= COUNT / 2,
                Area.values()[index / (ACTS * MOMENTS) % AREAS],
                Act.values()[index / MOMENTS % ACTS],
                Moment.values()[index % MOMENTS]);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static Point of(String name) {
        return ALL.stream()
                .filter(point -> point.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no fail point; give AREA.ACT.MOMENT, with open. before it while opening"));
    }

    /** Its number, below {@link #COUNT}. */
    int index() {
        return (((isOpening ? AREAS : 0) + area.ordinal()) * ACTS + act.ordinal()) * MOMENTS + moment.ordinal();
    }

    @Override
    public String toString() {
        return (isOpening ? "open." : "") + area + "." + act + "." + moment;
    }
}
