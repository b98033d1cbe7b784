package io.millrace.engine.sample;

import io.millrace.engine.physical.PartitionStep.PartitionFunction;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Records drawn at random, partition by partition: the same of the same partition with the same seed. */
public final class Samples {
    private static final long SPREAD = 0x9E3779B97F4A7C15L; // so that seeds of neighbours have nothing in common
    private static final double MANY = 30; // above, a normal distribution stands for Poisson's

    private Samples() {}

    /** Checks a fraction as {@code sample} takes it. */
    public static double checkFraction(String call, boolean withReplacement, double fraction) {
        boolean isAllowed =
                withReplacement ? fraction >= 0 && fraction < Double.POSITIVE_INFINITY : fraction >= 0 && fraction <= 1;
        if (!isAllowed) {
            throw new IllegalArgumentException(call + " of the fraction " + fraction + "; give "
                    + (withReplacement ? "0 or more" : "0 to 1, or draw with replacement"));
        }
        return fraction;
    }

    /**
     * Draws each record as often as its fraction says.
     *
     * @param fractions of each record
     */
    public static PartitionFunction drawn(boolean withReplacement, ToDoubleFunction<Object> fractions, long seed) {
        return (partition, records) -> {
            SplittableRandom random = randomOf(seed, partition);
            return new Repeated(records, record -> {
                double fraction = fractions.applyAsDouble(record);
                return withReplacement ? poisson(random, fraction) : random.nextDouble() < fraction ? 1 : 0;
            });
        };
    }

    /** The records whose draw falls into {@code [from, to)}; the draws of one seed are the same whatever the range. */
    public static PartitionFunction between(double from, double to, long seed) {
        return (partition, records) -> {
            SplittableRandom random = randomOf(seed, partition);
            return new Repeated(records, record -> {
                double draw = random.nextDouble();
                return draw >= from && draw < to ? 1 : 0;
            });
        };
    }

    /** What is drawn from for one part, such as a partition, with that seed. */
    public static SplittableRandom randomOf(long seed, long part) {
        return new SplittableRandom(seed + SPREAD * (part + 1));
    }

    private static int poisson(SplittableRandom random, double mean) {
        if (mean > MANY) {
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** How often a record is drawn. */
    private interface Draw {
        int timesOf(Object record);
    }

    private static final class Repeated implements Iterator<Object> {
        private final Iterator<Object> records;
        private final Draw draw;
        private Object record;
        private int left;

        Repeated(Iterator<Object> records, Draw draw) {
            this.records = records;
            this.draw = draw;
        }

        @Override
        public boolean hasNext() {
            while (left == 0 && records.hasNext()) {
                record = records.next();
                left = draw.timesOf(record);
            }
            return left > 0;
        }

        @Override
        public Object next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more records drawn; ask hasNext()");
            }
            left--;
            return record;
        }
    }
}
