package io.millrace.testkit.campaign;

import io.millrace.testkit.recovery.RecoveryGame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Plays {@link RecoveryGame} from one seed on for as long as it is told; says with which seed the next campaign goes on.
 *
 * <p>{@code --seconds N [--seed S] [--report FOLDER]}
 */
public final class SimCampaign {
    private static final int SHOWN_FAILURES = 20;

    private SimCampaign() {}

    /** Exit status 1 if a game was lost, which is named with its seed. */
    public static void main(String[] arguments) throws IOException {
        CampaignOptions options = CampaignOptions.of(arguments);
        Path folder = Files.createTempDirectory("millrace-sim");
        RecoveryGame.Played played = RecoveryGame.Played.NOTHING;
        List<String> failures = new ArrayList<>();
        long start = System.nanoTime();
        long seed = options.seed();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(options.seconds())) {
            try {
                played = played.and(RecoveryGame.play(seed, folder));
            } catch (AssertionError wrong) {
                failures.add("seed " + seed + ": " + wrong.getMessage());
                if (failures.size() <= SHOWN_FAILURES) {
                    System.out.println(failures.get(failures.size() - 1));
                }
            }
            seed++;
        }
        Files.delete(folder);
        Map<String, Object> counts = new TreeMap<>();
        counts.put("games", played.games());
        counts.put("lives", played.lives());
        counts.put("crashes", played.crashes());
        counts.put("batches", played.batches());
        counts.put("records", played.records());
        counts.put("seconds", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        new Evidence("sim", options.seed(), seed - 1, counts, failures).tell(options.report());
        System.exit(failures.isEmpty() ? 0 : 1);
    }
}
