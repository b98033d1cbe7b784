package io.millrace.testkit.campaign;

import java.nio.file.Path;

/**
 * What a campaign is told.
 *
 * @param seconds for how long
 * @param kills after how many kills it ends at the latest
 * @param report where evidence is written; null if nowhere
 */
record CampaignOptions(long seconds, long seed, long kills, Path report) {
    private static final long FIRST_SEED = 1_000_000;

    /** @throws IllegalArgumentException if there is something else */
    static CampaignOptions of(String[] arguments) {
        long seconds = 60;
        long seed = FIRST_SEED;
        long kills = Long.MAX_VALUE;
        Path report = null;
        for (int i = 0; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--seconds" -> seconds = number(arguments[i], value);
                case "--seed" -> seed = number(arguments[i], value);
                case "--kills" -> kills = number(arguments[i], value);
                case "--report" -> report = Path.of(value);
                default ->
                    throw new IllegalArgumentException("'" + arguments[i]
                            + "' is unknown; give --seconds, --seed, --kills or --report, each with a value");
            }
        }
        return new CampaignOptions(seconds, seed, kills, report);
    }

    private static long number(String option, String value) {
        if (!value.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(option + " wants a whole number, got '" + value + "'");
        }
        return Long.parseLong(value);
    }
}
