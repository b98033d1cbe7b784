package io.millrace.engine.order;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.PairChunks;
import io.millrace.offheap.column.Chunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Keys drawn at random from a partition, each with the same chance, and how many there were. Owner: one worker. */
public final class KeySample implements ChunkSink {
    private final String operator;
    private final int limit;
    private final SplittableRandom random;
    private final List<Object> keys = new ArrayList<>();
    private long seen;

    /** Of at most {@code limit} keys; the operator's name is for messages. */
    public KeySample(String operator, int limit, SplittableRandom random) {
        this.operator = operator;
        this.limit = limit;
        this.random = random;
    }

    @Override
    public void accept(Chunk chunk) {
        PairChunks.check(operator, chunk);
        for (int row = 0, rows = chunk.rows(); row < rows; row++) {
            seen++;
            if (keys.size() < limit) {
                keys.add(chunk.first().get(row));
            } else {
                long place = random.nextLong(seen);
                if (place < limit) {
                    keys.set((int) place, chunk.first().get(row));
                }
            }
        }
    }

    /**
     * Bounds between partitions of about equal size, as far as samples tell.
     *
     * @param partitions how many at most; fewer where there are too few distinct keys
     */
    public static Object[] bounds(List<KeySample> samples, int partitions, Comparator<Object> order) {
        List<Weighted> all = new ArrayList<>();
        double total = 0;
        for (KeySample sample : samples) {
            double weight = (double) sample.seen / Math.max(1, sample.keys.size());
            sample.keys.forEach(key -> all.add(new Weighted(key, weight)));
            total += sample.seen;
        }
        all.sort((left, right) -> order.compare(left.key, right.key));
        List<Object> bounds = new ArrayList<>();
        double passed = 0;
        double next = total / partitions;
        for (Weighted drawn : all) {
            passed += drawn.weight;
            boolean isNew = bounds.isEmpty() || order.compare(drawn.key, bounds.get(bounds.size() - 1)) > 0;
            if (passed >= next && isNew && bounds.size() < partitions - 1) {
                bounds.add(drawn.key);
                next += total / partitions;
            }
        }
        return bounds.toArray();
    }

    private record Weighted(Object key, double weight) {}
}
