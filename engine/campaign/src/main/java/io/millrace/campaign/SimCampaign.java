package io.millrace.campaign;

import io.millrace.testkit.recovery.RecoveryGame;
import io.millrace.testkit.recovery.RecoveryGame.Played;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Plays {@link RecoveryGame} from one seed on for as long as it is told; says with which seed the next campaign goes on. Now and then it
 * plays one twice, which has to come to the same.
 *
 * <p>{@code --seconds N [--seed S] [--threads T] [--report FOLDER]}
 */
public final class SimCampaign {
    private static final int SHOWN_FAILURES = 20;
    private static final int PLAYED_TWICE = 100; // one of so many

    private final Path folder;
    private final long endNanos;
    // Guarded by this.
    private final List<String> failures = new ArrayList<>();
    private Played played = Played.NOTHING;
    private long nextSeed;
    private long cpuNanos;

    private SimCampaign(CampaignOptions options, Path folder) {
        this.folder = folder;
        nextSeed = options.seed();
        endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds());
    }

    /** Exit status 1 if a game was lost, which is named with its seed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CampaignOptions options = CampaignOptions.of(arguments);
        long startNanos = System.nanoTime();
        Path folder = Files.createTempDirectory("millrace-sim");
        SimCampaign campaign = new SimCampaign(options, folder);
        campaign.play(options.threads());
        Files.delete(folder);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNanos);
        System.exit(campaign.tell(options, seconds) ? 0 : 1);
    }

    private void play(int threads) throws InterruptedException {
        List<Thread> players = new ArrayList<>();
        for (int player = 0; player < threads; player++) {
            Thread thread = new Thread(this::playUntilTheEnd, "player-" + player);
            thread.start();
            players.add(thread);
        }
        for (Thread thread : players) {
            thread.join();
        }
    }

    private void playUntilTheEnd() {
        while (System.nanoTime() - endNanos < 0) {
            long seed = takeSeed();
            try {
                Played once = RecoveryGame.play(seed, folder);
                won(once);
                if (seed % PLAYED_TWICE == 0 && RecoveryGame.play(seed, folder).trace() != once.trace()) {
                    lost(seed, "played twice, it was not the same");
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            } catch (AssertionError wrong) {
                lost(seed, wrong.getMessage());
            }
        }
        over();
    }

    private synchronized void over() {
        cpuNanos += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private synchronized long takeSeed() {
        return nextSeed++;
    }

    private synchronized void won(Played once) {
        played = played.and(once);
    }

    private synchronized void lost(long seed, String how) {
        failures.add("seed " + seed + ": " + how);
        if (failures.size() <= SHOWN_FAILURES) {
            System.out.println(failures.get(failures.size() - 1));
        }
    }

    private synchronized boolean tell(CampaignOptions options, long seconds) throws IOException {
        Map<String, Object> counts = new TreeMap<>();
        counts.put("games", played.games());
        counts.put("lives", played.lives());
        counts.put("crashes", played.crashes());
        counts.put("batches", played.batches());
        counts.put("records", played.records());
        counts.put("seconds", seconds);
        counts.put("cpuSeconds", TimeUnit.NANOSECONDS.toSeconds(cpuNanos));
        new Evidence("sim", options.seed(), nextSeed - 1, counts, failures).tell(options.report());
        return failures.isEmpty();
    }
}
