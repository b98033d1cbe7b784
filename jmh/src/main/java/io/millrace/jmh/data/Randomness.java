package io.millrace.jmh.data;

/** SplitMix64: a small generator whose numbers are the same on every JDK. One thread. */
public final class Randomness {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    /** Numbers that depend on the seed alone. */
    public Randomness(long seed) {
        state = mix(seed + GOLDEN);
    }

    /** Spreads the bits of {@code z}; a bijection. */
    public static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    /** Any long. */
    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** A number in {@code [0, bound)}. */
    public int below(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, (long) bound << 1);
    }
}
