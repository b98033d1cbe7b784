package io.millrace.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How long it goes on, what has failed, and how it ends. One thread. */
final class Campaign {
    /** The exit status of a campaign that cannot be run on this machine. */
    static final int SKIPPED = 77;

    private static final int SHOWN_FAILURES = 20;

    private final String what;
    private final CampaignOptions options;
    private final long startedNanos = System.nanoTime();
    private final List<String> failures = new ArrayList<>();
    private long seed;

    Campaign(String what, String[] arguments) {
        this.what = what;
        this.options = CampaignOptions.of(arguments);
        this.seed = options.seed();
    }

    CampaignOptions options() {
        return options;
    }

    /** By {@link System#nanoTime}. */
    long deadline() {
        return startedNanos + TimeUnit.SECONDS.toNanos(options.seconds());
    }

    boolean isOver() {
        return System.nanoTime() - deadline() >= 0;
    }

    /** The seed that comes next, each once. */
    long nextSeed() {
        return seed++;
    }

    /** Leave the seeds before this one out. */
    void goOnWith(long next) {
        seed = next;
    }

    /** Remember a failure, and tell it. */
    void fail(long failedSeed, String failure) {
        failures.add("seed " + failedSeed + ": " + failure);
        if (failures.size() <= SHOWN_FAILURES) {
            System.out.println(failures.get(failures.size() - 1));
        }
    }

    /** Tell what was done, and end the process: status 1 if something failed. */
    void end(Map<String, Object> counts) throws IOException {
        counts.put("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
        new Evidence(what, options.seed(), seed - 1, counts, failures).tell(options.report());
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    /** Say aloud that nothing was done, and end the process. */
    static void skip(String what, String why) {
        System.out.println("SKIPPED: " + what + ": " + why);
        System.exit(SKIPPED);
    }

    /** A folder with all that is in it, if it is there. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
