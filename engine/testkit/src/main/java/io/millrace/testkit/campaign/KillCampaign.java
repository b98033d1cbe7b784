package io.millrace.testkit.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills a real process again and again, while files are moved in, and compares at rest what it gave with what it was given. Each round is
 * a seed, and begins with empty folders; the folder of a round that failed stays.
 *
 * <p>{@code --seconds N [--seed S] [--kills K] [--report FOLDER]}
 */
public final class KillCampaign {
    private static final int SHOWN_FAILURES = 20;

    private KillCampaign() {}

    /** Exit status 1 if something was lost, doubled or wrong. */
    public static void main(String[] arguments) throws Exception {
        CampaignOptions options = CampaignOptions.of(arguments);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
        long started = System.nanoTime();
        List<String> failures = new ArrayList<>();
        KillRound.Played played = KillRound.Played.NOTHING;
        long seed = options.seed();
        while (System.nanoTime() < deadline && played.kills() < options.kills()) {
            Path folder = Files.createTempDirectory("millrace-kill");
            KillRound round = new KillRound(seed, folder, deadline, options.kills() - played.kills());
            List<String> wrong = round.play();
            played = played.and(round.played());
            for (String failure : wrong) {
                failures.add("seed " + seed + ", " + folder + ": " + failure);
                if (failures.size() <= SHOWN_FAILURES) {
                    System.out.println(failures.get(failures.size() - 1));
                }
            }
            if (wrong.isEmpty()) {
                remove(folder);
            }
            seed++;
        }
        Map<String, Object> counts = new TreeMap<>();
        counts.put("rounds", seed - options.seed());
        counts.put("kills", played.kills());
        counts.put("batches", played.batches());
        counts.put("outputsGivenAgain", played.again());
        counts.put("files", played.files());
        counts.put("words", played.words());
        counts.put("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
        new Evidence("kill", options.seed(), seed - 1, counts, failures).tell(options.report());
        System.exit(failures.isEmpty() ? 0 : 1);
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
