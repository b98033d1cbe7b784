package io.millrace.offheap.memory;

import java.util.Random;

/** Random tests: a story is played once per seed, and a failure names its seed. */
public final class Seeds {

    /** The first numbers of a Random are much alike for seeds that are neighbours; the golden ratio parts them. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final long FIRST = Long.getLong("millrace.test.seed", 1);

    private Seeds() {}

    /** What is played. */
    @FunctionalInterface
    public interface Story {
        /**
         * Play it once.
         *
         * @param random the only source of chance
         * @throws Exception when something goes wrong
         */
        void play(Random random) throws Exception;
    }

    /**
     * Play a story with several seeds, from the system property millrace.test.seed (1) on.
     *
     * @param times how many
     * @param story what to play
     */
    public static void play(int times, Story story) {
        for (long seed = FIRST; seed < FIRST + times; seed++) {
            try {
                story.play(new Random(seed * SPREAD));
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("with -Dmillrace.test.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
