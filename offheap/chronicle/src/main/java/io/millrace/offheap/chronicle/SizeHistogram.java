package io.millrace.offheap.chronicle;

/** Which sizes there were, in steps of at most a quarter. */
final class SizeHistogram {
    private static final int STEPS_PER_DOUBLING = 4;

    private final long[] counts = new long[Integer.SIZE * STEPS_PER_DOUBLING];
    private long count;

    /**
     * Count one.
     *
     * @param size 0 or more
     */
    void add(int size) {
        counts[step(size)]++;
        count++;
    }

    /** A size that nine of ten do not exceed, rounded up to a step; {@code otherwise} when there were none. */
    int ninetiethPercentile(int otherwise) {
        long above = count / 10;
        int step = counts.length - 1;
        while (step > 0 && counts[step] <= above) {
            above -= counts[step];
            step--;
        }
        return count == 0 ? otherwise : largestOf(step);
    }

    /** Sizes up to 3 have a step each; from there on it is the highest bit and the two below it. */
    private static int step(int size) {
        if (size < STEPS_PER_DOUBLING) {
            return size;
        }
        int shift = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(size) - 2;
        return STEPS_PER_DOUBLING * (shift + 1) + (size >>> shift & STEPS_PER_DOUBLING - 1);
    }

    private static int largestOf(int step) {
        if (step < STEPS_PER_DOUBLING) {
            return step;
        }
        int shift = step / STEPS_PER_DOUBLING - 1;
        long next = (long) (STEPS_PER_DOUBLING + step % STEPS_PER_DOUBLING + 1) << shift;
        return (int) Math.min(Integer.MAX_VALUE, next - 1);
    }
}
