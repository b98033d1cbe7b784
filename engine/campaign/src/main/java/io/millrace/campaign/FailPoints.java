package io.millrace.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The points at which processes are killed, as {@code fail-points.txt} lists them: one that is never reached is a failure of a campaign that is
 * long enough. The least often armed comes first. One thread.
 */
final class FailPoints {
    private static final String LIST = "fail-points.txt";
    private static final String FIRST = " first";
    private static final int OPENING_OCCURRENCES = 2;
    private static final int BATCH_OCCURRENCES = 12;
    private static final List<String> LINES = read();
    private static final List<Point> ALL =
            LINES.stream().map(line -> Point.of(line.replace(FIRST, ""))).toList();

    private final Map<Point, Integer> armed = new LinkedHashMap<>();
    private final Map<String, Integer> killed = new TreeMap<>();

    private static List<String> read() {
        try (InputStream list = FailPoints.class.getResourceAsStream(LIST)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    FailPoints() {
        ALL.forEach(point -> armed.put(point, 0));
    }

    /**
     * One to be armed.
     *
     * @param topology that reaches it; received blocks are logged in one alone
     * @param isFirst whether one that is reached only while a new checkpoint is made
     * @param isOpening whether one that is reached while the engine opens
     */
    Point next(SplittableRandom random, Topology topology, boolean isFirst, boolean isOpening) {
        List<Point> possible = armed.keySet().stream()
                .filter(point -> point.isOpening() == isOpening && isOfFirst(point) == isFirst)
                .filter(point -> point.area() != Area.RECEIVED || topology == Topology.RECEIVED)
                .toList();
        int least = possible.stream().mapToInt(armed::get).min().orElseThrow();
        List<Point> rarest =
                possible.stream().filter(point -> armed.get(point) == least).toList();
        Point chosen = rarest.get(random.nextInt(rarest.size()));
        armed.merge(chosen, 1, Integer::sum);
        return chosen;
    }

    /** At which reaching of a point a process ends: at none that does not come within some batches. */
    static long occurrence(SplittableRandom random, Point point) {
        int most = point.isOpening() ? OPENING_OCCURRENCES : isOfEachBatch(point) ? BATCH_OCCURRENCES : 1;
        return 1 + random.nextInt(1 + random.nextInt(most));
    }

    private static boolean isOfEachBatch(Point point) {
        return switch (point.area()) {
            case TASK, OUTPUT, OWNER -> true;
            case BATCH -> point.act() == Act.WRITE || point.act() == Act.FORCE;
            default -> false;
        };
    }

    private static boolean isOfFirst(Point point) {
        return LINES.contains(point + FIRST);
    }

    /** A process has ended there. */
    void killedAt(Point point) {
        killed.merge(point.toString(), 1, Integer::sum);
    }

    /** How often at each. */
    Map<String, Integer> killed() {
        return killed;
    }

    /** How often each was reached. */
    static Map<String, Long> reached(PointCounts counts) {
        Map<String, Long> reached = new TreeMap<>();
        for (int index = 0; index < Point.COUNT; index++) {
            Point point = Point.at(index);
            if (ALL.contains(point) || counts.get(point) > 0) {
                reached.put(point.toString() + (ALL.contains(point) ? "" : " (unlisted)"), counts.get(point));
            }
        }
        return reached;
    }

    /** The points of the list that were never reached. */
    static List<Point> missed(PointCounts counts) {
        return ALL.stream().filter(point -> counts.get(point) == 0).toList();
    }
}
