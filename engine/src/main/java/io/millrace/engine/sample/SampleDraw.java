package io.millrace.engine.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Exactly so many records drawn at random, by their places. */
public final class SampleDraw {
    private final long[] counts;
    private final long[] places;

    /**
     * Draws.
     *
     * @param count how many; without replacement at most as many as there are
     * @param counts how many records each partition has
     */
    public SampleDraw(boolean withReplacement, int count, long seed, long[] counts) {
        this.counts = counts;
        long all = LongStream.of(counts).sum();
        SplittableRandom random = new SplittableRandom(seed);
        if (all == 0) {
            places = new long[0];
        } else if (withReplacement) {
            places = random.longs(count, 0, all).toArray();
        } else {
            places = distinctPlaces(random, (int) Math.min(count, all), all);
        }
    }

    /** Floyd's way: one draw for each place, then their order is shuffled. */
    private static long[] distinctPlaces(SplittableRandom random, int count, long all) {
        Set<Long> drawn = new HashSet<>();
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            long last = all - count + i;
            long place = random.nextLong(last + 1);
            if (!drawn.add(place)) {
                place = last;
                drawn.add(place);
            }
            places[i] = place;
        }
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long swapped = places[i];
            places[i] = places[other];
            places[other] = swapped;
        }
        return places;
    }

    /**
     * The records at the places drawn, in the order in which they were.
     *
     * @param lists the records of some partitions, a list for each; asked for those alone that have a place drawn
     */
    public <T> List<T> records(Function<int[], List<List<T>>> lists) {
        int[] wanted = LongStream.of(places)
                .mapToInt(this::partitionOf)
                .distinct()
                .sorted()
                .toArray();
        List<List<T>> read = lists.apply(wanted);
        List<T> records = new ArrayList<>(places.length);
        for (long place : places) {
            int partition = partitionOf(place);
            int index = Arrays.binarySearch(wanted, partition);
            records.add(read.get(index).get((int) (place - startOf(partition))));
        }
        return records;
    }

    private int partitionOf(long place) {
        long end = 0;
        for (int partition = 0; partition < counts.length; partition++) {
            end += counts[partition];
            if (place < end) {
                return partition;
            }
        }
        throw new IndexOutOfBoundsException("place " + place + " of " + end);
    }

    private long startOf(int partition) {
        return LongStream.of(counts).limit(partition).sum();
    }
}
