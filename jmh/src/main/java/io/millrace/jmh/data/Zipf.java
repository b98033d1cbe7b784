package io.millrace.jmh.data;

/**
 * Draws ranks {@code 0 .. n-1} where rank r comes with a probability proportional to {@code 1 / (r + 1)}, in constant time: Walker's
 * alias method. Read-only once made.
 */
public final class Zipf {
    private static final int HALF_RANGE_SHIFT = 33;

    private final int[] alias;
    /** A column's own rank is taken when a 31-bit number is at most this. */
    private final int[] cut;

    /** A distribution over {@code n} ranks. */
    public Zipf(int n) {
        alias = new int[n];
        cut = new int[n];
        double[] weight = weights(n);
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int rank = n - 1; rank >= 0; rank--) {
            if (weight[rank] < 1) {
                small[smalls++] = rank;
            } else {
                large[larges++] = rank;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            cut[poor] = (int) (weight[poor] * Integer.MAX_VALUE);
            alias[poor] = rich;
            weight[rich] -= 1 - weight[poor];
            if (weight[rich] < 1) {
                small[smalls++] = rich;
                larges--;
            }
        }
        while (larges > 0) {
            cut[large[--larges]] = Integer.MAX_VALUE;
        }
        while (smalls > 0) {
            cut[small[--smalls]] = Integer.MAX_VALUE;
        }
    }

    /** Weights whose mean is 1. */
    private static double[] weights(int n) {
        double sum = 0;
        for (int rank = 0; rank < n; rank++) {
            sum += 1.0 / (rank + 1);
        }
        double[] weight = new double[n];
        for (int rank = 0; rank < n; rank++) {
            weight[rank] = n / ((rank + 1) * sum);
        }
        return weight;
    }

    /** The next rank. */
    public int next(Randomness random) {
        int column = random.below(alias.length);
        return (int) (random.next() >>> HALF_RANGE_SHIFT) <= cut[column] ? column : alias[column];
    }
}
