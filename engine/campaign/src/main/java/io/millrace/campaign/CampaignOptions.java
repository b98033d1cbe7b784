package io.millrace.campaign;

import java.nio.file.Path;

/**
 * What a campaign is told.
 *
 * @param seconds for how long
 * @param kills after how many kills it ends at the latest
 * @param threads how many games are played at the same time
 * @param report where evidence is written; null if nowhere
 */
record CampaignOptions(long seconds, long seed, long kills, int threads, Path report) {
    private static final long FIRST_SEED = 1_000_000;

    /** @throws IllegalArgumentException if there is something else */
    static CampaignOptions of(String[] arguments) {
        long seconds = 60;
        long seed = FIRST_SEED;
        long kills = Long.MAX_VALUE;
        int threads = 1;
        Path report = null;
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--seconds" -> seconds = number(arguments[i], value);
                case "--seed" -> seed = number(arguments[i], value);
                case "--kills" -> kills = number(arguments[i], value);
                case "--threads" -> threads = Math.toIntExact(Math.max(1, number(arguments[i], value)));
                case "--report" -> report = Path.of(value);
                default ->
                    throw new IllegalArgumentException(
                            "'" + arguments[i]
                                    + "' is unknown; give --seconds, --seed, --kills, --threads or --report, each with a value");
            }
        }
        return new CampaignOptions(seconds, seed, kills, threads, report);
    }

    private static long number(String option, String value) {
        if (!value.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(option + " wants a whole number, got '" + value + "'");
        }
        return Long.parseLong(value);
    }
}
